(function () {
  const PAUSE = 2000;
  // Between two purges of a build.
  const LONG_PAUSE = 5000;

  function watch(box) {
    if (box.querySelector("[data-running=true]") !== null) {
      setTimeout(() => refresh(box), PAUSE);
    } else if (box.querySelector("[data-building=true]") !== null) {
      setTimeout(() => refresh(box), LONG_PAUSE);
    }
  }

  function refresh(box) {
    fetch(box.dataset.url, { cache: "no-cache" })
      .then((response) => {
        if (response.ok) {
          return response.text();
        }
        // 401, 403 and 404 stay so until the page is loaded again.
        return response.status < 500 ? null : box.innerHTML;
      })
      // Jenkins may be restarting; the next request shows.
      .catch(() => box.innerHTML)
      .then((content) => {
        if (content !== null) {
          box.innerHTML = content;
          watch(box);
        }
      });
  }

  document.addEventListener("DOMContentLoaded", () => document.querySelectorAll(".cache-purge").forEach(watch));
})();
