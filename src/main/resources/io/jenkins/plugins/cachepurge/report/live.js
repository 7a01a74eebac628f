(function () {
  const PAUSE = 2000;

  function watch(box) {
    if (box.querySelector("[data-running=true]") !== null) {
      setTimeout(() => refresh(box), PAUSE);
    }
  }

  function refresh(box) {
    fetch(box.dataset.url, { cache: "no-cache" })
      .then((answer) => (answer.ok ? answer.text() : box.innerHTML))
      // Jenkins may be restarting; the next look tells.
      .catch(() => box.innerHTML)
      .then((content) => {
        box.innerHTML = content;
        watch(box);
      });
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".cache-purge").forEach(watch));
})();
