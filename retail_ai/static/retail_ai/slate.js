// Makes slates livelier: fills lazy ones, reports what was seen and clicked, hides without leaving the page.
// Without it everything works: lazy slates are links, a pixel reports what was shown, the buttons post a form.
(function () {
  "use strict";
  if (window.retailAiSlate) { return; }
  window.retailAiSlate = true;
  const queue = [], seen = new Set();
  let url = "/retail-ai/api/events", timer = null;

  function report(item, kind) {
    const slate = item.closest(".retail-ai-slate"), id = slate.dataset.list + ":" + item.dataset.position + ":" + kind[0];
    if (seen.has(id)) { return; }
    seen.add(id);
    url = slate.dataset.events || url;
    queue.push({ kind: kind, product: item.dataset.product, slate: slate.dataset.slate, position: Number(item.dataset.position), id: id });
    timer = timer || setTimeout(flush, 2000);
  }
  function flush() {
    clearTimeout(timer);
    timer = null;
    while (queue.length) {
      const body = JSON.stringify({ events: queue.splice(0, 50) });
      if (!navigator.sendBeacon || !navigator.sendBeacon(url, body)) {
        fetch(url, { method: "POST", body: body, keepalive: true, headers: { "Content-Type": "text/plain" } }).catch(function () {});
      }
    }
  }
  const watch = "IntersectionObserver" in window ? new IntersectionObserver(function (entries) {
    entries.forEach(function (entry) {
      if (!entry.isIntersecting) { return; }
      watch.unobserve(entry.target);
      if (entry.target.matches(".retail-ai-lazy")) { fill(entry.target); } else { report(entry.target, "impression"); }
    });
  }, { threshold: 0.5 }) : null;

  function look(root) {
    root.querySelectorAll(".retail-ai-slate > ul > li").forEach(function (item) { if (watch) { watch.observe(item); } });
    root.querySelectorAll(".retail-ai-lazy").forEach(function (place) { if (watch) { watch.observe(place); } else { fill(place); } });
  }
  function fetched(address) {
    return fetch(address, { credentials: "same-origin" }).then(function (answer) {
      if (!answer.ok) { throw new Error(String(answer.status)); }
      return answer.text();
    }).then(function (html) {
      const part = new DOMParser().parseFromString(html, "text/html").querySelector(".retail-ai-slate");
      return part ? document.importNode(part, true) : null;
    });
  }
  function replace(place, part) {
    if (part) { place.replaceWith(part); look(part.parentNode); } else { place.remove(); }
    return part;
  }
  function fill(place) {
    fetched(place.dataset.url).then(function (part) { replace(place, part); }).catch(function () {});
  }
  document.addEventListener("click", function (event) {
    const item = event.target.closest(".retail-ai-card") && event.target.closest("li");
    if (item) { report(item, "click"); flush(); }
  });
  document.addEventListener("submit", function (event) {
    const form = event.target, slate = form.closest(".retail-ai-slate"), pressed = event.submitter;
    if (!slate || !window.fetch || !pressed) { return; }
    event.preventDefault();
    const data = new URLSearchParams(new FormData(form));
    data.set(pressed.name, pressed.value);
    fetch(form.action, { method: "POST", body: data, credentials: "same-origin", redirect: "manual" }).then(function (answer) {
      if (answer.type !== "opaqueredirect" && !answer.ok) { throw new Error(String(answer.status)); }
      return fetched(slate.dataset.again + "&part=1");
    }).then(function (part) {
      const fresh = replace(slate, part), note = fresh && fresh.querySelector("[role=status]");
      if (!note) { return; }
      note.textContent = note.dataset.done + " ";
      const back = form.cloneNode(true), undo = back.querySelector("button");
      undo.value = pressed.value === "hide" ? "show" : "use";
      undo.textContent = note.dataset.undone;
      undo.removeAttribute("aria-label");
      note.classList.remove("retail-ai-hidden");
      note.append(back);
      undo.focus();
    }).catch(function () { form.removeAttribute("data-busy"); HTMLFormElement.prototype.submit.call(withMark(form, pressed)); });
  });
  function withMark(form, pressed) {
    const field = document.createElement("input");
    field.type = "hidden"; field.name = pressed.name; field.value = pressed.value;
    form.append(field);
    return form;
  }
  document.addEventListener("visibilitychange", function () { if (document.visibilityState === "hidden") { flush(); } });
  window.addEventListener("pagehide", flush);
  if (document.readyState === "loading") { document.addEventListener("DOMContentLoaded", function () { look(document); }); } else { look(document); }
}());
