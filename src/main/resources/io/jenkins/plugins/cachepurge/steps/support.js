// Shows of the form of cdnPurge only what the chosen CDN can purge.
(function () {
  function show(element, shown) {
    element.hidden = !shown;
  }

  function name(chosen, label) {
    chosen.querySelector(".jenkins-form-label").firstChild.textContent = label;
    chosen.querySelector("textarea").setAttribute("aria-label", label);
  }

  function follow(form, support, labels) {
    const cdn = form.querySelector("select.dropdownList");
    const kind = form.querySelector(".cache-purge-kind");
    const chosen = form.querySelector(".cache-purge-chosen");
    const soft = form.querySelector(".cache-purge-soft");
    const changes = form.querySelector("input[name='_.changes']");
    const named = form.querySelector(".cache-purge-named");

    function can(list) {
      return (support[cdn.value] || { kinds: [], soft: [] })[list];
    }

    function showFields() {
      show(chosen, kind.value !== "ALL");
      show(named, changes === null || !changes.checked);
      name(chosen, labels[kind.value]);
      const box = soft.querySelector("input[type=checkbox]");
      const possible = changes !== null && changes.checked ? can("soft").length > 0 : can("soft").includes(kind.value);
      // What is set already stays in sight, so that nobody saves what cannot be seen.
      show(soft, possible || box.checked);
    }

    function showKinds() {
      for (const option of kind.options) {
        const possible = can("kinds").includes(option.value);
        option.hidden = option.disabled = !possible && !option.selected;
      }
      showFields();
    }

    cdn.addEventListener("change", function () {
      if (!can("kinds").includes(kind.value)) {
        kind.value = can("kinds")[0];
        kind.dispatchEvent(new Event("change"));
      }
      if (!can("soft").length) {
        soft.querySelector("input[type=checkbox]").checked = false;
      }
      showKinds();
    });
    kind.addEventListener("change", showKinds);
    if (changes !== null) {
      changes.addEventListener("change", showFields);
    }
    showKinds();
  }

  Behaviour.specify(".cache-purge-support", "cache-purge-support", 0, function (marker) {
    follow(marker.parentElement, JSON.parse(marker.dataset.support), JSON.parse(marker.dataset.labels));
  });
})();
