// Reports clicks on recommended products. Without it the page works the same; only the click is not counted.
(function () {
  "use strict";
  if (window.retailAiSlate) { return; }
  window.retailAiSlate = true;
  document.addEventListener("click", function (event) {
    const card = event.target.closest(".retail-ai-card");
    const slate = card && card.closest(".retail-ai-slate");
    if (!slate || !navigator.sendBeacon) { return; }
    const script = document.querySelector("script[src*='retail_ai/slate.js']");
    const url = slate.dataset.events || (script && script.dataset.events) || "/retail-ai/api/events";
    navigator.sendBeacon(url, JSON.stringify({ events: [{
      kind: "click", product: card.dataset.product, slate: slate.dataset.slate,
      position: Number(card.dataset.position), id: Date.now().toString(36) + Math.random().toString(36).slice(2, 8)
    }] }));
  });
}());
