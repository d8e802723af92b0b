/* Adds up the estimate for the texts and languages ticked: rates[alias][field] = [seconds, tokens, money] a text. */
(function () {
  "use strict";
  const form = document.getElementById("rai-write");
  const given = document.getElementById("rai-rates");
  if (!form || !given) return;
  const rates = JSON.parse(given.textContent);
  const count = Number(form.dataset.count);

  function time(seconds) {
    if (seconds < 90) return Math.max(1, Math.round(seconds)) + " s";
    if (seconds < 5400) return Math.round(seconds / 60) + " min";
    return (seconds / 3600).toFixed(1) + " h";
  }
  function money(amount, currency) {
    if (!currency) return "–";
    try {
      return new Intl.NumberFormat(document.documentElement.lang || "en", { style: "currency", currency: currency }).format(amount);
    } catch (error) {
      return amount.toFixed(2) + " " + currency;
    }
  }
  function put(row, name, text) { row.querySelector(".rai-" + name).textContent = text; }
  function update() {
    const fields = Array.from(form.querySelectorAll('input[name="fields_"]:checked'), (box) => box.value);
    const times = count * form.querySelectorAll('input[name="languages"]:checked').length;
    const chosen = form.querySelector('select[name="generator"]').value;
    form.querySelectorAll("tr[data-alias]").forEach(function (row) {
      const mine = fields.map((field) => rates[row.dataset.alias][field]);
      const total = (place) => times * mine.reduce((sum, rate) => sum + rate[place], 0);
      put(row, "texts", (times * fields.length).toLocaleString());
      put(row, "seconds", time(total(0)));
      put(row, "tokens", Math.round(total(1)).toLocaleString());
      if (row.dataset.currency) put(row, "money", money(total(2), row.dataset.currency));
      row.classList.toggle("rai-chosen", row.dataset.alias === chosen);
    });
  }
  form.addEventListener("change", update);
  update();
})();
