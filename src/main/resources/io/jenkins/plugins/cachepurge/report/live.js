(function () {
  const PAUSE = 2000;

  function running(box) {
    return box.querySelector("[data-running=true]") !== null;
  }

  async function refresh(box) {
    try {
      const answer = await fetch(box.dataset.url, { cache: "no-cache" });
      if (answer.ok) {
        box.innerHTML = await answer.text();
      }
    } catch {
      // Jenkins may be restarting; the next look tells.
    }
    watch(box);
  }

  function watch(box) {
    if (running(box)) {
      setTimeout(() => refresh(box), PAUSE);
    }
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".cache-purge").forEach(watch));
})();
