/*
 * Written the way older themes are: XMLHttpRequest, no standard events, no Shopify.actions. Product
 * pages and the cart post plain forms; only the grids' buttons add without leaving the page.
 */
(() => {
  function each(selector, work) {
    Array.prototype.forEach.call(document.querySelectorAll(selector), work);
  }

  var notice = document.getElementById("notice");
  var timer = null;
  function say(text) {
    notice.textContent = text;
    notice.className = "notice is-on";
    clearTimeout(timer);
    timer = setTimeout(() => {
      notice.className = "notice";
    }, 4000);
  }

  function request(method, path, body, done) {
    var xhr = new XMLHttpRequest();
    xhr.open(method, window.Shopify.routes.root + path);
    xhr.setRequestHeader("Accept", "application/json");
    if (body) xhr.setRequestHeader("Content-Type", "application/x-www-form-urlencoded");
    xhr.onload = () => done(xhr.status, JSON.parse(xhr.responseText));
    xhr.onerror = () => say(window.theme.failed);
    xhr.send(body);
  }

  each("form[data-ajax]", (form) => {
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      var button = form.querySelector("button");
      button.disabled = true;
      request("POST", "cart/add.js", new URLSearchParams(new FormData(form)).toString(), (status, answer) => {
        button.disabled = false;
        if (status !== 200) return say(answer.description);
        say(`${window.theme.added} ${answer.title}`);
        request("GET", "cart.js", null, (_, cart) => {
          each("[data-cart-count]", (count) => {
            count.textContent = cart.item_count;
          });
        });
      });
    });
  });

  var variants = document.getElementById("variant");
  if (variants) {
    variants.addEventListener("change", () => {
      var option = variants.options[variants.selectedIndex];
      document.getElementById("price").textContent = option.getAttribute("data-price");
      if (option.getAttribute("data-picture"))
        document.getElementById("main-picture").src = option.getAttribute("data-picture");
    });
  }

  var consent = document.getElementById("consent");
  window.Shopify.loadFeatures([{ name: "consent-tracking-api", version: "0.1" }], () => {
    var privacy = window.Shopify.customerPrivacy;
    consent.hidden = !privacy.shouldShowBanner();
    each("[data-consent]", (button) => {
      button.addEventListener("click", () => {
        privacy.setTrackingConsent(button.getAttribute("data-consent") === "yes", () => {
          consent.hidden = true;
        });
      });
    });
  });
})();
