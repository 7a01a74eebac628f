// Tests the connections of all layers of a site.
Behaviour.specify(".cache-purge-test-layers", "cache-purge-test-layers", 0, function (button) {
  button.onclick = function () {
    const layers = button.parentElement.parentElement.querySelector(".cache-purge-layers");
    layers.querySelectorAll(".validate-button").forEach((each) => each.click());
  };
});
