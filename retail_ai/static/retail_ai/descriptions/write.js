/* Multiplies the estimate by the texts and languages ticked. Without it the page shows the figure for one text. */
(function () {
  "use strict";
  const form = document.getElementById("rai-write");
  if (!form) return;
  function time(seconds) {
    if (seconds < 90) return Math.max(1, Math.round(seconds)) + " s";
    if (seconds < 5400) return Math.round(seconds / 60) + " min";
    return (seconds / 3600).toFixed(1) + " h";
  }
  function update() {
    const texts = form.querySelectorAll('input[name="fields_"]:checked').length;
    const languages = form.querySelectorAll('input[name="languages"]:checked').length;
    const chosen = form.querySelector('select[name="generator"]').value;
    form.querySelectorAll("tr[data-alias]").forEach(function (row) {
      const times = texts * languages;
      row.querySelector(".rai-seconds").textContent = time(parseFloat(row.dataset.seconds) * times);
      row.querySelector(".rai-tokens").textContent = Math.round(parseFloat(row.dataset.tokens) * times).toLocaleString();
      row.classList.toggle("rai-chosen", row.dataset.alias === chosen);
    });
  }
  form.addEventListener("change", update);
  update();
})();
