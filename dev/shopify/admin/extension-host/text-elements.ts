import { define, inside, make } from "./element";
import { call } from "./port";

const tones = `:host([tone=info]) .in{background:#dbe9ff;color:#003a6d}:host([tone=success]) .in{background:#cdf2dd;color:#0c5132}
:host([tone=warning]) .in,:host([tone=caution]) .in{background:#ffe8b3;color:#4f3700}:host([tone=critical]) .in{background:#ffdad6;color:#8e0b21}`;
const colours = `:host([color=subdued]){color:#5c5f66}:host([tone=critical]){color:#8e0b21}:host([tone=success]){color:#0c5132}:host([type=strong]){font-weight:650}`;

/** Words, badges, banners, links and pictures. */
export function defineTexts(): void {
  const slot = (root: ShadowRoot) => root.append(make("slot"));
  define("s-text", { properties: ["color", "tone", "type"], styles: `:host{display:inline}${colours}`, build: slot });
  define("s-paragraph", { properties: ["color", "tone", "type"], styles: `:host{margin:0}${colours}`, build: slot });
  define("s-heading", {
    properties: [],
    styles: ":host{font-weight:650;font-size:.875rem}",
    build: (root, host) => {
      host.role = "heading";
      host.ariaLevel = "3";
      slot(root);
    },
  });

  define("s-badge", {
    properties: ["tone", "color", "size", "icon"],
    styles: `:host{display:inline-block}.in{display:inline-block;border-radius:.5rem;padding:.125rem .5rem;font-size:.75rem;font-weight:550;background:#e9e9ec;color:#45474c}${tones}`,
    build: (root) => root.append(make("span", { className: "in" }, make("slot"))),
  });

  define("s-banner", {
    properties: ["tone", "heading"],
    styles: `.in{border-radius:.5rem;padding:.625rem .75rem;background:#eef0f3}strong{display:block}strong:empty{display:none}${tones}`,
    build: (root) => root.append(make("div", { className: "in" }, make("strong"), make("slot"))),
    update(root, host) {
      inside(root, "strong").textContent = host.text("heading") ?? "";
      inside(root, ".in").role = host.text("tone") === "critical" ? "alert" : "status";
    },
  });

  define("s-link", {
    properties: ["href", "target", "tone", "accessibilityLabel"],
    styles:
      ":host{display:inline}a{color:#0b57b8;text-decoration:none;overflow-wrap:anywhere}a:hover{text-decoration:underline}a:focus-visible{outline:2px solid #2563eb;border-radius:2px}",
    build(root, host) {
      const link = make("a", {}, make("slot"));
      link.addEventListener("click", (event) => {
        event.preventDefault();
        const href = host.text("href");
        if (href) void call("navigate", href);
      });
      root.append(link);
    },
    update(root, host) {
      const link = inside<HTMLAnchorElement>(root, "a");
      // Where it leads is for the admin to say; the address only makes it a link.
      link.href = host.text("href") ?? "#";
      const label = host.text("accessibilityLabel");
      if (label) link.ariaLabel = label;
    },
  });

  define("s-spinner", {
    properties: ["accessibilityLabel", "size"],
    styles:
      ".in{width:1.25rem;height:1.25rem;border:2px solid #c9cbd0;border-top-color:#45474c;border-radius:50%;animation:turn .8s linear infinite}@keyframes turn{to{transform:rotate(1turn)}}@media(prefers-reduced-motion:reduce){.in{animation:none}}",
    build: (root) => root.append(make("div", { className: "in" })),
    update(root, host) {
      const ring = inside(root, ".in");
      ring.role = "status";
      ring.ariaLabel = host.text("accessibilityLabel") ?? "Loading";
    },
  });

  define("s-image", {
    properties: ["src", "alt"],
    styles: "img{max-width:100%;display:block}",
    build: (root) => root.append(make("img")),
    update(root, host) {
      Object.assign(inside<HTMLImageElement>(root, "img"), {
        src: host.text("src") ?? "",
        alt: host.text("alt") ?? "",
      });
    },
  });
  define("s-icon", { properties: ["type", "tone"], styles: ":host{display:inline}", build: () => {} });
}
