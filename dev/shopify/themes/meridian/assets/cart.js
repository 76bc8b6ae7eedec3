/*
 * The cart: every change goes to the AJAX API, announces itself as a standard storefront event before it
 * starts, and puts the sections that came back with the answer in place.
 */
(() => {
  const { Shopify } = window;
  const sections = ["cart-drawer", "cart-icon-bubble"];
  const here = () => `${location.pathname}${location.search}`;
  const cartSectionIds = () => {
    const page = document.querySelector("[data-cart-page]")?.closest(".shopify-section");
    return page ? [...sections, page.id.replace("shopify-section-", "")] : sections;
  };

  /** Replaces each section's content, keeping an open drawer open and the focus where it was. */
  function place(rendered) {
    const focused = document.activeElement?.id;
    for (const [id, html] of Object.entries(rendered ?? {})) {
      const target = document.getElementById(`shopify-section-${id}`);
      const source = new DOMParser().parseFromString(html ?? "", "text/html").getElementById(`shopify-section-${id}`);
      if (!target || !source) continue;
      const open = target.querySelector("dialog[open]");
      if (open) {
        open.replaceChildren(...source.querySelector("dialog").childNodes);
      } else target.replaceChildren(...source.childNodes);
    }
    if (focused && document.activeElement?.id !== focused) document.getElementById(focused)?.focus();
  }

  async function refresh() {
    const url = new URL(location.href);
    url.searchParams.set("sections", cartSectionIds().join(","));
    const answer = await fetch(url, { headers: { Accept: "application/json" } });
    if (answer.ok) place(await answer.json());
  }

  function showError(message) {
    for (const box of document.querySelectorAll("[data-cart-error]")) box.textContent = message;
  }

  /**
   * One change. `event` is the standard event's type and data; `target` dispatches it. Resolves like the
   * event's promise: the cart as it stands and why a change was declined.
   */
  function change(target, event, path, body) {
    const run = async () => {
      const answer = await fetch(`${Shopify.routes.root}cart/${path}.js`, {
        method: "POST",
        headers: { "Content-Type": "application/json", Accept: "application/json" },
        body: JSON.stringify({ ...body, sections: cartSectionIds(), sections_url: here() }),
      });
      const content = await answer.json();
      if (answer.status >= 500) throw new Error(`the cart answered ${answer.status}`);
      if (answer.ok) place(content.sections);
      else await refresh();
      const { cart } = await Shopify.actions.getCart();
      const userErrors = answer.ok ? [] : [{ code: "INVALID", field: null, message: content.description }];
      if (userErrors.length > 0) showError(content.description);
      return { cart, userErrors, warnings: [] };
    };
    const promise = Promise.resolve().then(run);
    const { type, ...data } = event;
    target.dispatchEvent(new Shopify.StandardEvent(type, { ...data, promise }));
    promise.catch((error) => {
      showError(document.body.dataset.cartFailed ?? "");
      target.dispatchEvent(
        new Shopify.StandardEvent("shopify:cart:error", {
          context: data.context,
          code: "SERVICE_UNAVAILABLE",
          message: error.message,
          error,
        }),
      );
    });
    return promise;
  }

  async function openDrawer() {
    const drawer = document.querySelector("[data-cart-drawer]");
    if (!drawer.open) drawer.showModal();
    const { cart } = await Shopify.actions.getCart();
    drawer.dispatchEvent(new Shopify.StandardEvent("shopify:cart:view", { context: "dialog", cart }));
  }

  document.addEventListener("submit", async (submit) => {
    const form = submit.target;
    if (form.matches("[data-add-form]")) {
      submit.preventDefault();
      const fields = new FormData(form);
      const quantity = Number(fields.get("quantity")) || 1;
      const buttons = document.querySelectorAll("[data-add-button]");
      const error = form.querySelector("[data-form-error]");
      error.textContent = "";
      for (const button of buttons) button.classList.add("is-busy");
      const event = {
        type: "shopify:cart:lines-update",
        action: "add",
        context: "product",
        lines: [{ merchandiseId: `gid://shopify/ProductVariant/${fields.get("id")}`, quantity }],
      };
      try {
        const { userErrors } = await change(form, event, "add", {
          items: [{ id: Number(fields.get("id")), quantity }],
        });
        if (userErrors.length > 0) error.textContent = userErrors[0].message;
        else await openDrawer();
      } finally {
        for (const button of buttons) button.classList.remove("is-busy");
      }
    }
    if (form.matches("[data-discount]")) {
      submit.preventDefault();
      const codes = form.elements.discount.value
        .split(",")
        .map((code) => code.trim())
        .filter(Boolean);
      const event = {
        type: "shopify:cart:discount-update",
        context: contextOf(form),
        discountCodes: codes.map((code) => ({ code })),
      };
      await change(form, event, "update", { discount: codes.join(",") });
    }
  });

  const contextOf = (element) => (element.closest("dialog") ? "dialog" : "cart");

  async function setQuantity(line, quantity) {
    const { cart } = await Shopify.actions.getCart();
    const found = cart.lines.find(({ id }) => decodeURIComponent(id).includes(`/${line.dataset.lineKey}`));
    line.classList.add("is-busy");
    const event = {
      type: "shopify:cart:lines-update",
      action: quantity === 0 ? "remove" : "update",
      context: contextOf(line),
      lines: [{ id: found?.id ?? line.dataset.lineKey, quantity }],
    };
    try {
      await change(line, event, "change", { id: line.dataset.lineKey, quantity });
    } finally {
      line.classList.remove("is-busy");
    }
  }

  document.addEventListener("click", (click) => {
    const line = click.target.closest("[data-line-key]");
    const input = line?.querySelector("[data-quantity-input]");
    const step = click.target.closest("[data-quantity]");
    if (line && step) setQuantity(line, Math.max(0, Number(input.value) + Number(step.dataset.quantity)));
    if (line && click.target.closest("[data-remove]")) setQuantity(line, 0);
    if (click.target.closest("[data-cart-open]") && !document.querySelector("[data-cart-page]")) {
      click.preventDefault();
      openDrawer();
      // Another tab or an app may have changed it since this page was made.
      refresh();
    }
    if (click.target.closest("[data-drawer-close]") || click.target.matches("[data-cart-drawer]")) {
      document.querySelector("[data-cart-drawer]").close();
    }
  });

  document.addEventListener("change", (event) => {
    const line = event.target.matches("[data-quantity-input]") && event.target.closest("[data-line-key]");
    if (line) setQuantity(line, Math.max(0, Math.round(Number(event.target.value)) || 0));
    if (event.target.matches("[data-cart-note]")) {
      const note = event.target.value;
      change(event.target, { type: "shopify:cart:note-update", context: "cart", note }, "update", { note });
    }
  });

  window.addEventListener("pageshow", (event) => event.persisted && refresh());

  Shopify.actions.updateCart.configure({
    eventTarget: () => document.querySelector("[data-cart-drawer]") ?? document,
    async handler(defaultHandler) {
      const result = await defaultHandler();
      await refresh();
      return result;
    },
  });
  Shopify.actions.openCart.configure({
    async handler(defaultHandler) {
      if (document.querySelector("[data-cart-page]")) return defaultHandler();
      return openDrawer();
    },
  });
})();
