import { define, inside, make, space } from "./element";

/** Boxes, stacks, lists and what else only places its children. */
export function defineLayout(): void {
  const slot = (root: ShadowRoot) => root.append(make("div", { className: "in" }, make("slot")));

  define("s-stack", {
    properties: ["direction", "gap", "alignItems", "justifyContent", "padding", "rowGap", "columnGap", "inlineSize"],
    styles: ".in{display:flex;flex-wrap:wrap}",
    build: slot,
    update(root, host) {
      const inline = host.text("direction") === "inline";
      Object.assign(inside(root, ".in").style, {
        flexDirection: inline ? "row" : "column",
        gap: space(host.text("gap")),
        padding: space(host.text("padding")),
        alignItems: host.text("alignItems") ?? (inline ? "center" : "stretch"),
        justifyContent: host.text("justifyContent") ?? "normal",
        flexWrap: inline ? "wrap" : "nowrap",
      });
    },
  });

  define("s-grid", {
    properties: ["gridTemplateColumns", "gap", "padding", "alignItems"],
    styles: ".in{display:grid}",
    build: slot,
    update(root, host) {
      Object.assign(inside(root, ".in").style, {
        gridTemplateColumns: host.text("gridTemplateColumns") ?? "none",
        gap: space(host.text("gap")),
        padding: space(host.text("padding")),
        alignItems: host.text("alignItems") ?? "normal",
      });
    },
  });

  define("s-box", {
    properties: ["padding", "background", "border", "borderRadius"],
    styles:
      ":host([background=subdued]) .in{background:#f7f7f8}:host([border]) .in{border:1px solid #e2e2e6}:host([borderradius]) .in{border-radius:.5rem}",
    build: slot,
    update(root, host) {
      inside(root, ".in").style.padding = space(host.text("padding"));
    },
  });

  define("s-section", {
    properties: ["heading"],
    styles: "h3{font-size:.875rem;margin:0 0 .5rem}h3:empty{display:none}",
    build(root) {
      root.append(make("h3"), make("slot"));
    },
    update(root, host) {
      inside(root, "h3").textContent = host.text("heading") ?? "";
    },
  });

  define("s-divider", {
    properties: ["direction"],
    styles: "hr{border:0;border-top:1px solid #e2e2e6;margin:0}",
    build: (root) => root.append(make("hr")),
  });

  for (const [name, list] of [
    ["s-unordered-list", "ul"],
    ["s-ordered-list", "ol"],
  ] as const) {
    define(name, {
      properties: [],
      styles: "ul,ol{margin:0;padding-inline-start:1.25rem}",
      build: (root) => root.append(make(list, {}, make("slot"))),
    });
  }
  define("s-list-item", {
    properties: [],
    styles: ":host{display:list-item}",
    build: (root) => root.append(make("slot")),
  });
  define("s-button-group", {
    properties: ["gap"],
    styles: ".in{display:flex;gap:.5rem;flex-wrap:wrap}",
    build: slot,
  });
}
