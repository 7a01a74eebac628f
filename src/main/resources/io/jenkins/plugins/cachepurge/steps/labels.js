// Jenkins shows a field's title beside it, but does not bind the two: people who cannot see the page hear no title.
(function () {
  function name(field, title) {
    if (field !== null && title !== null && !field.hasAttribute("aria-label")) {
      field.setAttribute("aria-label", title.firstChild.textContent.trim());
    }
  }

  function nameFieldsOf(item) {
    const title = item.querySelector(".jenkins-form-label");
    name(item.querySelector("input[type=text], input[type=number], input[type=password], select, textarea"), title);
    item.querySelectorAll(".jenkins-checkbox").forEach((box) => {
      name(box.querySelector("input"), box.querySelector("label"));
    });
  }

  Behaviour.specify(".cache-purge-labels", "cache-purge-labels", 0, function (marker) {
    marker.parentElement.querySelectorAll(".jenkins-form-item").forEach(nameFieldsOf);
  });
})();

// Jenkins checks each field when a form opens: a new form would be full of errors before anybody has entered anything.
(function () {
  const EVENTS = ["blur", "change"];

  function checkWhenTouched(field) {
    function check() {
      EVENTS.forEach((event) => field.removeEventListener(event, check));
      field.classList.add("validated");
      Behaviour.applySubtree(field, true);
    }

    field.classList.remove("validated");
    EVENTS.forEach((event) => field.addEventListener(event, check));
  }

  // Before Jenkins' own behaviour of these fields, whose priorities are positive.
  Behaviour.specify(".cache-purge-labels", "cache-purge-untouched", -1, function (marker) {
    for (const field of marker.parentElement.querySelectorAll(".validated")) {
      if (field.value === "") {
        checkWhenTouched(field);
      }
    }
  });
})();
