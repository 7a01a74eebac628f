// Follows the operations of a build, and filters them where they are many.
(function () {
  const PAUSE = 2000;
  // Between two purges of a build.
  const LONG_PAUSE = 5000;
  const MANY = 8;

  function filter(box) {
    const bar = box.querySelector(".cache-purge__filter");
    if (bar === null) {
      return;
    }
    const operations = [...box.querySelectorAll(".cache-purge__operation")];
    const text = bar.querySelector("input").value.trim().toLowerCase();
    bar.hidden = operations.length < MANY;
    operations.forEach((each) => (each.hidden = !each.textContent.toLowerCase().includes(text)));
    bar.querySelector("[role=status] span").hidden = operations.some((each) => !each.hidden);
  }

  function follow(box) {
    filter(box);
    if (box.querySelector("[data-running=true]") !== null) {
      setTimeout(() => refresh(box), PAUSE);
    } else if (box.querySelector("[data-building=true]") !== null) {
      setTimeout(() => refresh(box), LONG_PAUSE);
    }
  }

  // Who goes through the page with the keyboard stays at the link where they are.
  function replace(live, content) {
    const links = () => [...live.querySelectorAll("a")];
    const focused = links().indexOf(document.activeElement);
    live.innerHTML = content;
    Behaviour.applySubtree(live);
    if (focused >= 0 && links()[focused] !== undefined) {
      links()[focused].focus({ preventScroll: true });
    }
  }

  function refresh(box) {
    const live = box.querySelector(".cache-purge__live");
    fetch(box.dataset.url, { cache: "no-cache" })
      .then((response) => {
        if (response.ok) {
          return response.text();
        }
        // 401, 403 and 404 stay so until the page is loaded again.
        return response.status < 500 ? null : live.innerHTML;
      })
      // Jenkins may be restarting; the next request shows.
      .catch(() => live.innerHTML)
      .then((content) => {
        if (content !== null) {
          replace(live, content);
          follow(box);
        }
      });
  }

  document.addEventListener("DOMContentLoaded", () => {
    document.querySelectorAll(".cache-purge").forEach((box) => {
      box.querySelectorAll(".cache-purge__filter input").forEach((input) => {
        input.addEventListener("input", () => filter(box));
      });
      follow(box);
    });
  });
})();
