/* Everything but the cart: what the shopper looks at (as standard events), choices, menu, search, consent. */
(() => {
  const { Shopify } = window;
  const send = (type, data, target = document) => target.dispatchEvent(new Shopify.StandardEvent(type, data));
  const gid = (type, id) => (id ? `gid://shopify/${type}/${id}` : null);
  const money = (minor) =>
    Shopify.money_format.replace("{{amount}}", (minor / 100).toLocaleString("en", { minimumFractionDigits: 2 }));
  const amount = (minor) => ({ amount: (minor / 100).toFixed(2), currencyCode: Shopify.currency.active });

  function product(element) {
    const data = JSON.parse(element.querySelector("[data-product-json]").textContent);
    const form = element.querySelector("[data-add-form]");
    const texts = element.querySelector("[data-texts]").dataset;
    const shown = {
      id: gid("Product", data.id),
      title: data.title,
      handle: data.handle,
      vendor: data.vendor,
      productType: data.productType,
    };
    const chosen = () => [...element.querySelectorAll("[data-option] input:checked")].map((input) => input.value);
    const selectedOptions = (values) => values.map((value, index) => ({ name: data.options[index], value }));
    const variantEvent = (variant) =>
      variant && {
        id: gid("ProductVariant", variant.id),
        title: variant.title,
        price: amount(variant.price),
        availableForSale: variant.available,
      };

    const id = Number(form.querySelector("[data-variant-id]").value);
    const first = data.variants.find((variant) => variant.id === id);
    send(
      "shopify:product:view",
      {
        context: "page",
        product: { ...shown, selectedVariant: variantEvent(first) },
        selectedOptions: selectedOptions(chosen()),
      },
      element,
    );

    function show(variant) {
      for (const button of document.querySelectorAll("[data-add-button]")) {
        button.disabled = !variant?.available;
        button.textContent = variant?.available ? texts.add : variant ? texts.soldOut : texts.none;
      }
      const stock = element.querySelector("[data-stock]");
      const few = variant?.tracked && variant.left > 0 && variant.left <= 5;
      stock.dataset.state = variant?.available ? (few ? "low" : "") : "none";
      stock.textContent = !variant
        ? texts.none
        : !variant.available
          ? texts.soldOut
          : few
            ? texts.few.replace("5", variant.left)
            : variant.tracked && variant.left <= 0
              ? texts.made
              : texts.inStock;
      if (!variant) return;
      form.querySelector("[data-variant-id]").value = variant.id;
      const price = element.querySelector("[data-price]");
      price.replaceChildren();
      if (variant.compareAt > variant.price)
        price.append(Object.assign(document.createElement("s"), { textContent: money(variant.compareAt) }), " ");
      price.append(money(variant.price));
      element.querySelector("[data-sticky-price]").textContent = money(variant.price);
      if (variant.image) picture(`${variant.image}?width=900`);
      const url = new URL(location.href);
      url.searchParams.set("variant", variant.id);
      url.searchParams.delete("cart_error");
      history.replaceState({}, "", url);
    }

    function picture(source) {
      element.querySelector("[data-gallery-main]").src = source;
      for (const thumb of element.querySelectorAll("[data-thumb]")) {
        thumb.setAttribute(
          "aria-current",
          String(new URL(thumb.dataset.thumb, location.href).pathname === new URL(source, location.href).pathname),
        );
      }
    }

    /** Values that lead to nothing one can buy, given the other choices, are struck through. */
    function markGone() {
      const values = chosen();
      for (const input of element.querySelectorAll("[data-option] input")) {
        const index = Number(input.closest("[data-option]").dataset.option);
        const fits = data.variants.some(
          (variant) =>
            variant.available &&
            variant.options.every((value, at) => (at === index ? value === input.value : value === values[at])),
        );
        element.querySelector(`label[for="${input.id}"]`).classList.toggle("is-gone", !fits);
      }
    }

    element.addEventListener("change", (event) => {
      const group = event.target.closest("[data-option]");
      if (!group) return;
      group.querySelector("[data-option-value]").textContent = event.target.value;
      const values = chosen();
      const variant =
        data.variants.find(({ options }) => options.every((value, index) => value === values[index])) ?? null;
      const promise = Promise.resolve({ variant: variantEvent(variant) });
      send(
        "shopify:product:select",
        {
          product: { id: shown.id, title: shown.title, handle: shown.handle },
          selectedOptions: selectedOptions(values),
          promise,
        },
        element,
      );
      show(variant);
      markGone();
    });
    element.addEventListener("click", (event) => {
      const thumb = event.target.closest("[data-thumb]");
      if (thumb) picture(thumb.dataset.thumb);
    });
    markGone();
    const bar = element.querySelector("[data-sticky-buy]");
    const buy = form.querySelector(".buy");
    new IntersectionObserver(([entry]) => bar.classList.toggle("is-on", !entry.isIntersecting)).observe(buy);
  }

  /** Cards are views of a product once they can be seen. */
  const cards = new IntersectionObserver((entries) => {
    for (const { isIntersecting, target } of entries) {
      if (!isIntersecting) continue;
      cards.unobserve(target);
      const { productId, productTitle, productHandle, context } = target.dataset;
      const seen = { id: gid("Product", productId), title: productTitle, handle: productHandle, selectedVariant: null };
      send("shopify:product:view", { context, product: seen, selectedOptions: [] }, target);
    }
  });
  const observeCards = (root) => {
    for (const card of root.querySelectorAll("[data-product-card]")) cards.observe(card);
  };

  async function recommendations(box) {
    const answer = await fetch(box.dataset.url);
    if (!answer.ok) return;
    box.innerHTML = await answer.text();
    observeCards(box);
  }

  function search(form) {
    const list = form.querySelector("[data-suggestions]");
    let last = 0;
    const hide = () => {
      list.hidden = true;
    };
    form.addEventListener("input", async (event) => {
      const query = event.target.value.trim();
      const turn = ++last;
      if (query.length < 2) return hide();
      const answer = await fetch(
        `${Shopify.routes.root}search/suggest.json?q=${encodeURIComponent(query)}&resources[limit]=5`,
      );
      const { resources } = await answer.json();
      if (turn !== last) return;
      list.replaceChildren(
        ...resources.results.products.map((item) => {
          const link = Object.assign(document.createElement("a"), { href: item.url });
          link.append(
            Object.assign(document.createElement("img"), { src: item.image, alt: "", width: 44, height: 44 }),
            item.title,
          );
          return link;
        }),
      );
      list.hidden = resources.results.products.length === 0;
    });
    form.addEventListener("keydown", (event) => event.key === "Escape" && hide());
    form.addEventListener("focusout", (event) => !form.contains(event.relatedTarget) && hide());
  }

  function consent() {
    const banner = document.querySelector("[data-cookies]");
    Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], () => {
      banner.hidden = !Shopify.customerPrivacy.shouldShowBanner();
      for (const button of banner.querySelectorAll("[data-cookies-answer]")) {
        button.addEventListener("click", () => {
          const yes = button.dataset.cookiesAnswer === "yes";
          Shopify.customerPrivacy.setTrackingConsent(
            { analytics: yes, marketing: yes, preferences: yes, sale_of_data: yes },
            () => {
              banner.hidden = true;
            },
          );
        });
      }
      document.querySelector("[data-cookie-settings]")?.addEventListener("click", () => {
        banner.hidden = false;
        banner.querySelector("button").focus();
      });
    });
  }

  const menu = document.querySelector("[data-menu-toggle]");
  menu.addEventListener("click", () => {
    const open = document.getElementById("site-menu").classList.toggle("is-open");
    menu.setAttribute("aria-expanded", String(open));
  });
  document.addEventListener(
    "change",
    (event) => event.target.matches("[data-submit-on-change]") && event.target.form.requestSubmit(),
  );

  /** What the page shows is announced when the document is ready, so that every listener set up by then hears it. */
  document.addEventListener("DOMContentLoaded", () => {
    send("shopify:page:view", {
      page: { template: document.body.dataset.template, title: document.title, url: location.href },
    });
    for (const element of document.querySelectorAll("[data-meridian-product]")) product(element);
    observeCards(document);
    for (const box of document.querySelectorAll("[data-recommendations]")) recommendations(box);
    for (const form of document.querySelectorAll("[data-search]")) search(form);
    const collection = document.querySelector("[data-meridian-collection]");
    if (collection) {
      const { collectionId, collectionHandle, collectionTitle, count } = collection.dataset;
      send(
        "shopify:collection:view",
        {
          collection: {
            id: gid("Collection", collectionId),
            handle: collectionHandle,
            title: collectionTitle,
            productsCount: Number(count),
          },
        },
        collection,
      );
    }
    const results = document.querySelector("[data-search-page]");
    if (results?.dataset.query) {
      const promise = Promise.resolve({ productsCount: Number(results.dataset.count) });
      send(
        "shopify:search:update",
        { search: { query: results.dataset.query, productFilters: [], sortKey: "RELEVANCE" }, promise },
        results,
      );
    }
    const cartPage = document.querySelector("[data-cart-page]");
    if (cartPage)
      Shopify.actions.getCart().then(({ cart }) => send("shopify:cart:view", { context: "page", cart }, cartPage));
  });
  consent();
})();
