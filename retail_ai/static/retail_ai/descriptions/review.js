/* Keys, claim-to-fact links and the check while typing, for the review page. Without it every button still works.
   All text is set as text, never as markup. */
(function () {
  "use strict";
  const root = document.getElementById("rai-review");
  if (!root) return;
  const edit = document.getElementById("rai-edit");
  const form = document.getElementById("rai-form");
  const length = document.getElementById("rai-length");

  // -- a claim and its fact light up together ---------------------------------------------------------------
  function light(fact, on, from) {
    if (!fact) return;
    root.querySelectorAll("[data-fact]").forEach(function (element) {
      if (element.dataset.fact === fact) element.classList.toggle("rai-on", on);
    });
    const row = document.getElementById("rai-fact-" + fact);
    if (on && from === "focus" && row) row.scrollIntoView({ block: "nearest" });
  }
  ["mouseover", "focusin", "mouseout", "focusout"].forEach(function (name) {
    root.addEventListener(name, function (event) {
      const element = event.target.closest("[data-fact]");
      if (element) light(element.dataset.fact, name === "mouseover" || name === "focusin", name === "focusin" ? "focus" : "");
    });
  });

  // -- the text is checked while it is typed ----------------------------------------------------------------
  function mark(text, claim, fact) {
    if (!claim) return document.createTextNode(text);
    const element = document.createElement("mark");
    element.className = fact ? "rai-claim" : "rai-unbacked";
    element.tabIndex = 0;
    element.dataset.fact = fact;
    if (fact) element.setAttribute("aria-describedby", "rai-fact-" + fact);
    element.textContent = text;
    return element;
  }
  function piece(kind, text) {
    if (kind === "same") return document.createTextNode(text);
    const element = document.createElement(kind === "old" ? "del" : "ins");
    element.textContent = text;
    return element;
  }
  function show(found) {
    const verdict = document.getElementById("rai-verdict");
    verdict.textContent = found.error || found.verdict;
    verdict.className = found.good ? "rai-good" : "rai-bad";
    if (found.error) return;
    document.getElementById("rai-text").replaceChildren(...found.segments.map((s) => mark(...s)));
    document.getElementById("rai-notes").replaceChildren(
      ...found.notes.map(function (note) {
        const line = document.createElement("li");
        line.textContent = note;
        return line;
      })
    );
    const diff = document.getElementById("rai-diff");
    if (diff) diff.replaceChildren(...found.diff.map((p) => piece(...p)));
  }
  let timer = 0;
  let asked = null;
  function check() {
    if (asked) asked.abort();
    asked = new AbortController();
    fetch(root.dataset.check, { method: "POST", body: new FormData(form), signal: asked.signal, credentials: "same-origin" })
      .then((answer) => (answer.ok && !answer.redirected ? answer.json() : Promise.reject(new Error(answer.status))))
      .then(show)
      .catch(function () { /* offline or signed out: Save and check says so */ });
  }
  if (edit && form) {
    edit.addEventListener("input", function () {
      if (length) length.textContent = edit.value.length;
      clearTimeout(timer);
      timer = setTimeout(check, 350);
    });
    let sent = false;
    form.addEventListener("submit", function (event) {
      if (sent) event.preventDefault();
      sent = true;
    });
    window.addEventListener("pageshow", function () { sent = false; });
  }

  // -- keys, never while typing -----------------------------------------------------------------------------
  document.addEventListener("keydown", function (event) {
    const typing = event.target.isContentEditable || /^(TEXTAREA|INPUT|SELECT)$/.test(event.target.tagName);
    if (typing && event.key === "Escape") { event.target.blur(); return; }
    if (event.target === edit && event.key === "Enter" && (event.ctrlKey || event.metaKey)) {
      event.preventDefault();
      root.querySelector('[data-key="s"]').click();
      return;
    }
    if (typing || event.repeat || event.ctrlKey || event.metaKey || event.altKey) return;
    const key = event.key.toLowerCase();
    const box = key === "e" ? edit : key === "b" ? document.getElementById("rai-reason") : null;
    if (box) { event.preventDefault(); box.focus(); return; }
    const button = root.querySelector('[data-key="' + CSS.escape(key) + '"]');
    if (button && !button.disabled) { event.preventDefault(); button.click(); }
  });
})();
