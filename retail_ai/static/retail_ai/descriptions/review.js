/* Keys and claim-to-fact links of the review page. Without it every button still works. */
(function () {
  "use strict";
  const root = document.getElementById("rai-review");
  if (!root) return;
  const edit = document.getElementById("rai-edit");
  const length = document.getElementById("rai-length");

  function light(fact, on) {
    if (!fact) return;
    root.querySelectorAll("[data-fact]").forEach(function (element) {
      if (element.dataset.fact === fact) element.classList.toggle("rai-on", on);
    });
  }
  root.querySelectorAll("[data-fact]").forEach(function (element) {
    const fact = element.dataset.fact;
    ["mouseenter", "focus"].forEach(function (name) { element.addEventListener(name, function () { light(fact, true); }); });
    ["mouseleave", "blur"].forEach(function (name) { element.addEventListener(name, function () { light(fact, false); }); });
  });
  if (edit && length) edit.addEventListener("input", function () { length.textContent = edit.value.length; });

  document.addEventListener("keydown", function (event) {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    const typing = /^(TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName);
    if (event.key === "Escape" && typing) { event.target.blur(); return; }
    if (typing) return;
    if (event.key.toLowerCase() === "e" && edit) { event.preventDefault(); edit.focus(); return; }
    const button = root.querySelector('[data-key="' + CSS.escape(event.key.toLowerCase()) + '"]');
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });
})();
