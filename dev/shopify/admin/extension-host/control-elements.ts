import { define, type Host, inside, make } from "./element";
import { call } from "./port";

const field = `label{display:grid;gap:.25rem}.label{font-weight:500}input,textarea,select{width:100%;font:inherit;padding:.5rem .625rem;border:1px solid #8a8c93;border-radius:.5rem;background:#fff;color:inherit;min-height:2rem}
:is(input,textarea,select):focus-visible{outline:2px solid #2563eb;outline-offset:1px}[aria-invalid]{border-color:#c5280c}.error{color:#8e0b21;margin:.25rem 0 0}.error:empty,.details:empty{display:none}.details{color:#5c5f66;margin:.25rem 0 0}`;
const shared = [
  "label",
  "error",
  "details",
  "placeholder",
  "disabled",
  "required",
  "name",
  "value",
  "labelAccessibilityVisibility",
];

type Control = HTMLInputElement | HTMLTextAreaElement | HTMLSelectElement;

/** Buttons and fields. A field's `value` is its own; events bubble out of it as an input's do. */
export function defineControls(): void {
  define("s-button", {
    properties: ["variant", "tone", "loading", "disabled", "href", "accessibilityLabel", "type"],
    styles: `:host{display:inline-block}:host([disabled]),:host([loading]){pointer-events:none}button{font:inherit;font-weight:550;padding:.375rem .75rem;min-height:2rem;border-radius:.5rem;border:1px solid #c9cbd0;background:#fff;color:inherit;cursor:pointer}
button:hover{background:#f6f6f7}button:disabled{opacity:.5}button:focus-visible{outline:2px solid #2563eb;outline-offset:1px}:host([variant=primary]) button{background:#1f2023;border-color:#1f2023;color:#fff}
:host([variant=tertiary]) button{border-color:transparent;background:none}:host([tone=critical]) button{background:#c5280c;border-color:#c5280c;color:#fff}`,
    build(root, host) {
      const button = make("button", { type: "button" }, make("slot"));
      button.addEventListener("click", () => {
        const href = host.text("href");
        if (href) void call("navigate", href);
      });
      root.append(button);
    },
    update(root, host) {
      const button = inside<HTMLButtonElement>(root, "button");
      button.disabled = host.isOn("disabled") || host.isOn("loading");
      button.ariaBusy = String(host.isOn("loading"));
      const label = host.text("accessibilityLabel");
      if (label) button.ariaLabel = label;
    },
  });

  for (const [name, type] of [
    ["s-text-field", "text"],
    ["s-email-field", "email"],
    ["s-number-field", "number"],
    ["s-search-field", "search"],
    ["s-url-field", "url"],
  ] as const) {
    defineField(name, shared, () => make("input", { type }));
  }
  defineField("s-text-area", [...shared, "rows", "maxLength"], () => make("textarea"));
  defineField("s-select", shared, () => make("select"));
  define("s-option", { properties: ["value", "selected", "disabled"], styles: "", build: () => {} });

  define("s-checkbox", {
    properties: ["label", "checked", "disabled", "name", "details"],
    styles: `label{display:flex;gap:.5rem;align-items:center}`,
    build(root, host) {
      const box = make("input", { type: "checkbox" });
      box.addEventListener("change", () => {
        (host as Host & { checked: unknown }).checked = box.checked;
        host.dispatchEvent(new Event("change", { bubbles: true }));
      });
      root.append(make("label", {}, box, make("span", { className: "label" })));
    },
    update(root, host) {
      inside(root, ".label").textContent = host.text("label") ?? "";
      const box = inside<HTMLInputElement>(root, "input");
      box.checked = host.isOn("checked");
      box.disabled = host.isOn("disabled");
    },
  });
}

function defineField(name: string, properties: readonly string[], control: () => Control): void {
  define(name, {
    properties,
    styles: field,
    build(root, host) {
      const input = control();
      input.className = "control";
      input.setAttribute("aria-describedby", "error");
      Object.defineProperty(host, "value", {
        get: () => input.value,
        // The same text again would move the caret of whoever is typing.
        set: (value: unknown) => {
          const text = value === null || value === undefined ? "" : String(value);
          if (input.value !== text) input.value = text;
        },
      });
      // `change` stays inside of a shadow root by itself.
      input.addEventListener("change", () => host.dispatchEvent(new Event("change", { bubbles: true })));
      root.append(
        make("label", {}, make("span", { className: "label" }), input),
        make("p", { className: "details" }),
        make("p", { className: "error", id: "error" }),
      );
      if (input instanceof HTMLSelectElement) followOptions(input, host);
    },
    update(root, host) {
      const input = inside<Control>(root, ".control");
      inside(root, ".label").textContent = host.text("label") ?? "";
      inside(root, ".details").textContent = host.text("details") ?? "";
      const error = host.text("error") ?? "";
      inside(root, ".error").textContent = error;
      if (error) input.setAttribute("aria-invalid", "true");
      else input.removeAttribute("aria-invalid");
      input.disabled = host.isOn("disabled");
      input.required = host.isOn("required");
      if (!(input instanceof HTMLSelectElement)) input.placeholder = host.text("placeholder") ?? "";
      if (input instanceof HTMLTextAreaElement) {
        input.rows = Number(host.text("rows") ?? 2);
        const most = host.text("maxLength");
        if (most !== null) input.maxLength = Number(most);
      }
      const given = host.text("value");
      if (given !== null && input.value === "") input.value = given;
    },
  });
}

/** A select takes its options from the `s-option` elements in it. */
function followOptions(select: HTMLSelectElement, host: Host): void {
  const read = (): void => {
    const chosen = select.value || host.text("value");
    select.replaceChildren(
      ...[...host.querySelectorAll("s-option")].map((option) =>
        make("option", { value: option.getAttribute("value") ?? "", textContent: option.textContent }),
      ),
    );
    if (chosen !== null) select.value = chosen;
  };
  new MutationObserver(read).observe(host, { childList: true, subtree: true, characterData: true, attributes: true });
  queueMicrotask(read);
}
