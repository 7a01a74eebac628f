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
    const symbol = form.querySelector("input[name='_.chosenCdn']");
    const kind = form.querySelector(".cache-purge-kind");
    const chosen = form.querySelector(".cache-purge-chosen");
    const soft = form.querySelector(".cache-purge-soft");
    const changes = form.querySelector("input[name='_.changes']");
    const named = form.querySelector(".cache-purge-named");

    function ofChosen(property) {
      return (support[cdn.value] || { symbol: "", kinds: [], soft: [] })[property];
    }

    function canBeSoft() {
      return changes !== null && changes.checked ? ofChosen("soft").length > 0 : ofChosen("soft").includes(kind.value);
    }

    function showFields() {
      show(chosen, kind.value !== "ALL");
      show(named, changes === null || !changes.checked);
      name(chosen, labels[kind.value]);
      const box = soft.querySelector("input[type=checkbox]");
      // What is set already stays in sight, so that nobody saves what cannot be seen.
      show(soft, canBeSoft() || box.checked);
    }

    function showKinds() {
      for (const option of kind.options) {
        const possible = ofChosen("kinds").includes(option.value);
        option.hidden = option.disabled = !possible && !option.selected;
      }
      showFields();
    }

    cdn.addEventListener("change", function () {
      symbol.value = ofChosen("symbol");
      if (!ofChosen("kinds").includes(kind.value)) {
        kind.value = ofChosen("kinds")[0];
        kind.dispatchEvent(new Event("change"));
      }
      if (!ofChosen("soft").length) {
        soft.querySelector("input[type=checkbox]").checked = false;
      }
      showKinds();
      symbol.dispatchEvent(new Event("change"));
    });
    kind.addEventListener("change", function () {
      if (!canBeSoft()) {
        soft.querySelector("input[type=checkbox]").checked = false;
      }
      showKinds();
    });
    if (changes !== null) {
      changes.addEventListener("change", showFields);
    }
    showKinds();
    symbol.value = ofChosen("symbol");
    symbol.dispatchEvent(new Event("change"));
  }

  Behaviour.specify(".cache-purge-support", "cache-purge-support", 0, function (marker) {
    follow(marker.parentElement, JSON.parse(marker.dataset.support), JSON.parse(marker.dataset.labels));
  });
})();
