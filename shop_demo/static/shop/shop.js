// Small helps for shoppers with JavaScript: suggestions while typing, and lists that apply at once. Pages work without it.
(() => {
  "use strict";

  document.querySelectorAll("select[data-submit]").forEach((select) => {
    select.addEventListener("change", () => select.form.requestSubmit());
  });

  const wide = window.matchMedia("(min-width: 900px)");
  document.querySelectorAll("details.filter-box").forEach((box) => {
    if (wide.matches) box.open = true;
  });

  const form = document.querySelector("form[data-suggest]");
  if (!form) return;
  const field = form.querySelector("input[type=search]");
  const list = document.createElement("ul");
  list.id = "suggestions";
  list.className = "suggestions";
  list.setAttribute("role", "listbox");
  list.hidden = true;
  list.setAttribute("aria-label", form.querySelector("label").textContent);
  const spoken = document.createElement("p");
  spoken.className = "visually-hidden";
  spoken.setAttribute("role", "status");
  form.append(list, spoken);
  field.setAttribute("role", "combobox");
  field.setAttribute("aria-controls", list.id);
  field.setAttribute("aria-autocomplete", "list");
  field.setAttribute("aria-expanded", "false");
  let timer = 0;
  let newest = 0;
  let chosen = -1;

  const options = () => [...list.children];
  const close = () => {
    list.hidden = true;
    chosen = -1;
    field.setAttribute("aria-expanded", "false");
    field.removeAttribute("aria-activedescendant");
  };
  const choose = (index) => {
    const all = options();
    chosen = (index + all.length) % all.length;
    all.forEach((option, n) => option.setAttribute("aria-selected", String(n === chosen)));
    field.setAttribute("aria-activedescendant", all[chosen].id);
  };
  const show = (products) => {
    list.replaceChildren(
      ...products.map((product, n) => {
        const option = document.createElement("li");
        option.id = `suggestion-${n}`;
        option.setAttribute("role", "option");
        const title = document.createElement("span");
        title.textContent = product.title;
        option.append(title);
        if (product.kind) {
          const kind = document.createElement("small");
          kind.textContent = product.kind;
          option.append(" ", kind);
        }
        option.dataset.url = product.url;
        option.addEventListener("mousedown", (event) => {
          event.preventDefault();
          location.assign(product.url);
        });
        return option;
      }),
    );
    chosen = -1;
    list.hidden = products.length === 0;
    field.setAttribute("aria-expanded", String(products.length > 0));
    spoken.textContent = products.length ? `${products.length}: ${products.map((product) => product.title).join(", ")}` : "";
  };
  const ask = async () => {
    const words = field.value.trim();
    const mine = ++newest;
    if (words.length < 2) return close();
    try {
      const answer = await fetch(`${form.dataset.suggest}?q=${encodeURIComponent(words)}`);
      if (answer.ok && mine === newest) show((await answer.json()).products);
    } catch {
      close();
    }
  };
  field.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(ask, 180);
  });
  field.addEventListener("keydown", (event) => {
    if (list.hidden) return;
    if (event.key === "ArrowDown" || event.key === "ArrowUp") {
      event.preventDefault();
      const up = event.key === "ArrowUp";
      choose(chosen < 0 ? (up ? -1 : 0) : chosen + (up ? -1 : 1));
    } else if (event.key === "Escape") {
      close();
    } else if (event.key === "Enter" && chosen >= 0) {
      event.preventDefault();
      location.assign(options()[chosen].dataset.url);
    }
  });
  field.addEventListener("blur", close);
})();
