// Makes the chat answer without a page load, and opens it as a panel on shop pages. Without it, forms and links do.
(() => {
  "use strict";

  const end = (root) => {
    const log = root.querySelector(".retail-ai-log");
    if (log) log.scrollTop = log.scrollHeight;
  };

  const replace = async (root, response) => {
    const page = new DOMParser().parseFromString(await response.text(), "text/html");
    const fresh = page.querySelector(".retail-ai-conversation");
    if (!fresh) throw new Error("no conversation in the answer");
    const old = root.querySelector(".retail-ai-conversation");
    const live = old && old.querySelector(".retail-ai-log");
    if (live) {
      fresh.querySelector("textarea").value = old.querySelector("textarea").value;
      // The live region stays in place, so that a screen reader reads only what is new.
      const known = new Set([...live.querySelectorAll("article")].map((article) => article.id));
      const articles = [...fresh.querySelectorAll("article")];
      if (articles.some((article) => known.has(article.id))) {
        const added = articles.filter((article) => !known.has(article.id));
        live.querySelector("#latest").before(...added);
      } else {
        live.replaceChildren(...fresh.querySelector(".retail-ai-log").childNodes);
      }
      fresh.querySelector(".retail-ai-log").replaceWith(live);
      old.replaceWith(fresh);
    } else {
      root.append(fresh);
    }
    end(root);
  };

  const ask = (url, options = {}) =>
    fetch(url, { credentials: "same-origin", ...options, headers: { "X-Retail-AI": "fragment" } }).then((response) => {
      if (!response.ok) throw new Error(response.status);
      return response;
    });

  const bind = (root) => {
    root.addEventListener("submit", async (event) => {
      event.preventDefault();
      // One at a time: a visitor's session begins with the first answer.
      if (root.getAttribute("aria-busy") === "true") return;
      const form = event.target; // its buttons named "action" hide form.action
      const data = new FormData(form, event.submitter);
      const typed = form.querySelector("textarea");
      const said = typed ? typed.value : "";
      if (typed) typed.value = "";
      root.setAttribute("aria-busy", "true");
      form.querySelectorAll("button").forEach((button) => (button.disabled = true));
      try {
        await replace(root, await ask(form.getAttribute("action"), { method: "POST", body: data }));
        root.querySelector("textarea").focus();
      } catch {
        let alert = root.querySelector(".retail-ai-error");
        if (!alert) {
          alert = document.createElement("p");
          alert.className = "retail-ai-error";
          alert.setAttribute("role", "alert");
          form.before(alert);
        }
        alert.textContent = root.dataset.failed;
        if (typed && !typed.value) typed.value = said;
        form.querySelectorAll("button").forEach((button) => (button.disabled = false));
      }
      root.removeAttribute("aria-busy");
    });
    root.addEventListener("keydown", (event) => {
      if (event.key === "Enter" && !event.shiftKey && !event.isComposing && event.target.matches("textarea")) {
        event.preventDefault();
        event.target.form.requestSubmit();
      }
    });
    end(root);
  };

  const open = async (link) => {
    const panel = document.createElement("section");
    panel.className = "retail-ai-chat retail-ai-panel";
    panel.setAttribute("role", "dialog");
    panel.setAttribute("aria-label", link.textContent.trim());
    panel.dataset.failed = link.dataset.failed;
    const close = document.createElement("button");
    close.type = "button";
    close.className = "retail-ai-close";
    close.textContent = link.dataset.close;
    panel.append(close);
    const shut = () => {
      panel.remove();
      link.hidden = false;
      link.focus();
    };
    close.addEventListener("click", shut);
    panel.addEventListener("keydown", (event) => event.key === "Escape" && shut());
    await replace(panel, await ask(link.href));
    document.body.append(panel);
    link.hidden = true;
    bind(panel);
    panel.querySelector("textarea").focus();
  };

  document.querySelectorAll("[data-retail-ai-chat]").forEach(bind);
  document.querySelectorAll("[data-retail-ai-open]").forEach((link) => {
    if (document.querySelector("[data-retail-ai-chat]")) {
      link.hidden = true;
      return;
    }
    let opening = false;
    link.addEventListener("click", async (event) => {
      if (event.metaKey || event.ctrlKey || event.shiftKey) return;
      event.preventDefault();
      if (opening) return;
      opening = true;
      await open(link).catch(() => window.location.assign(link.href));
      opening = false;
    });
  });
})();
