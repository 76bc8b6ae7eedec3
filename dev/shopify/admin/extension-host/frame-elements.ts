import { define, inside, make } from "./element";
import { call } from "./port";

const head = `header{display:flex;align-items:center;gap:.5rem;padding:.75rem 1rem}h2{font-size:.875rem;font-weight:650;margin:0;flex:1}
header button{border:0;background:none;font:inherit;padding:.25rem .5rem;border-radius:.5rem;cursor:pointer;min-height:1.75rem}header button:hover{background:#f1f1f3}
button:focus-visible{outline:2px solid #2563eb;outline-offset:1px}`;

/** A block's card, with a heading that folds it. */
export function defineFrames(): void {
  define("s-admin-block", {
    properties: ["heading", "collapsedSummary"],
    styles: `${head}.body{padding:0 1rem 1rem}.summary{padding:0 1rem .75rem;color:#5c5f66}[hidden]{display:none}`,
    build(root) {
      const fold = make("button", { type: "button", textContent: "▾", ariaExpanded: "true", ariaLabel: "Fold" });
      const body = make("div", { className: "body" }, make("slot"));
      const summary = make("div", { className: "summary", hidden: true });
      fold.addEventListener("click", () => {
        const open = fold.ariaExpanded !== "true";
        fold.ariaExpanded = String(open);
        fold.textContent = open ? "▾" : "▸";
        body.hidden = !open;
        summary.hidden = open || summary.textContent === "";
      });
      root.append(make("header", {}, make("h2"), fold), body, summary);
    },
    update(root, host) {
      inside(root, "h2").textContent = host.text("heading") ?? "";
      inside(root, ".summary").textContent = host.text("collapsedSummary") ?? "";
    },
  });

  define("s-admin-action", {
    properties: ["heading", "loading"],
    styles: `${head}header{border-bottom:1px solid #e2e2e6}.body{padding:1rem}footer{display:flex;justify-content:flex-end;gap:.5rem;padding:.75rem 1rem;border-top:1px solid #e2e2e6}
.busy{padding:1rem;color:#5c5f66}:host([loading]) .body{display:none}:host(:not([loading])) .busy{display:none}`,
    build(root) {
      const close = make("button", { type: "button", textContent: "×", ariaLabel: "Close" });
      close.addEventListener("click", () => void call("close"));
      const busy = make("div", { className: "busy", textContent: "Loading…" });
      busy.role = "status";
      root.append(
        make("header", {}, make("h2"), close),
        busy,
        make("div", { className: "body" }, make("slot")),
        make("footer", {}, make("slot", { name: "secondary-actions" }), make("slot", { name: "primary-action" })),
      );
    },
    update(root, host) {
      inside(root, "h2").textContent = host.text("heading") ?? "";
    },
  });
}
