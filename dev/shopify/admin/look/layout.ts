import { handleOf, nameOf, type Visit } from "../visit";
import { count } from "./format";
import { type Html, html, json } from "./html";
import { type IconName, icon } from "./icons";

export interface Page {
  /** Shown as the heading and in the window's title. */
  title: string;
  body: Html;
  /** Beside the heading: badges, buttons. */
  actions?: Html | null;
  /** A link back above the heading: label and address below the shop's base. */
  back?: { label: string; path: string };
  /** The app's page brings its own header and fills the window. */
  bare?: boolean;
  /** For the page's script. */
  data?: unknown;
}

const SECTIONS: { label: string; path: string; icon: IconName }[] = [
  { label: "Home", path: "", icon: "home" },
  { label: "Orders", path: "/orders", icon: "orders" },
  { label: "Draft orders", path: "/draft_orders", icon: "drafts" },
  { label: "Products", path: "/products", icon: "products" },
  { label: "Customers", path: "/customers", icon: "customers" },
  { label: "Companies", path: "/companies", icon: "companies" },
  { label: "Online store", path: "/themes", icon: "store" },
];

/** A whole page of the admin: top bar with shop and staff switchers, navigation, content. */
export function layout(visit: Visit, page: Page): string {
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${page.title} · ${visit.settings.name} · Local Shopify</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/admin-assets/frame.css">
${page.data === undefined ? null : json("frame-data", page.data)}
<script type="module" src="/admin-assets/shell.js"></script>
</head>
<body class="${page.bare ? "bare" : ""}">
<a class="skip" href="#main">Skip to content</a>
${topBar(visit)}
${navigation(visit)}
<main id="main" tabindex="-1">${page.bare ? page.body : html`<div class="page">${heading(visit, page)}${page.body}</div>`}</main>
</body>
</html>`.text;
}

function heading(visit: Visit, page: Page): Html {
  return html`<header class="heading">
${page.back ? html`<a class="back" href="${visit.base}${page.back.path}">‹ ${page.back.label}</a>` : null}
<h1>${page.title}</h1>${page.actions ? html`<div class="actions">${page.actions}</div>` : null}</header>`;
}

function topBar(visit: Visit): Html {
  return html`<header class="top-bar">
<button type="button" class="menu-button" aria-controls="navigation" aria-expanded="false">${icon("menu")}<span class="hidden">Navigation</span></button>
<a class="brand" href="${visit.base}">Local Shopify</a>
<div class="switchers">
<details class="switcher"><summary><span class="hidden">Shop: </span><span class="switcher-name">${visit.settings.name}</span></summary>
<div class="menu" role="group" aria-label="Shops">${visit.world.store.domains().map((domain) => shopChoice(visit, domain))}</div></details>
<details class="switcher"><summary><span class="hidden">Signed in as </span><span class="avatar" aria-hidden="true">${visit.staff.firstName.charAt(0)}${visit.staff.lastName.charAt(0)}</span><span class="switcher-name">${nameOf(visit.staff)}</span></summary>
<form class="menu" method="post" action="${visit.base}/staff" aria-label="Staff">
<input type="hidden" name="back" value="${visit.path}">
${visit.shop.all("staff").map(
  (each) =>
    html`<button type="submit" name="staff" value="${each.id}" aria-current="${each.id === visit.staff.id ? "true" : "false"}">
<span>${nameOf(each)}</span><small>${each.accountOwner ? "Store owner" : "Staff"} · ${each.email}</small></button>`,
)}</form></details>
</div></header>`;
}

function shopChoice(visit: Visit, domain: string): Html {
  const settings = visit.world.store.shop(domain).settings();
  return html`<a href="/store/${handleOf(domain)}" aria-current="${domain === visit.shop.domain ? "true" : "false"}">
<span>${settings.name}</span><small>${domain}</small></a>`;
}

function navigation(visit: Visit): Html {
  const app = visit.world.app;
  const appPath = `${visit.base}/apps/${appHandle(visit)}`;
  const open = visit.shop.all("draftOrder").filter((draft) => draft.status !== "COMPLETED").length;
  return html`<nav id="navigation" aria-label="Admin"><ul>
${SECTIONS.map((section) => item(visit, section.path, section.label, section.icon, section.path === "/draft_orders" ? open : 0))}
</ul><h2>Apps</h2><ul>
<li><a href="${appPath}" data-app-root ${isIn(visit, appPath) ? html`aria-current="page"` : null}>${icon("app")}<span>${app.name}</span></a>
<ul id="app-navigation" aria-label="${app.name}"></ul></li>
</ul><ul class="nav-end">
<li><a href="${visit.settings.storefrontOrigin}/" target="_blank" rel="noopener">${icon("open")}<span>View your store</span></a></li>
${item(visit, "/settings/apps", "Apps and access", "apps", 0)}
<li><a href="/control?shop=${visit.handle}">${icon("control")}<span>Control panel</span></a></li>
</ul></nav>`;
}

function item(visit: Visit, path: string, label: string, name: IconName, number: number): Html {
  const href = visit.base + path;
  const current = path === "" ? visit.path === href : isIn(visit, href);
  return html`<li><a href="${href}" ${current ? html`aria-current="page"` : null}>${icon(name)}<span>${label}</span>${
    number > 0 ? html`<span class="number" title="${count(number, "open draft")}">${number}</span>` : null
  }</a></li>`;
}

function isIn(visit: Visit, href: string): boolean {
  return visit.path === href || visit.path.startsWith(`${href}/`);
}

/** The app's name in admin URLs: `Throughline` → `throughline`. */
export function appHandle(visit: Pick<Visit, "world">): string {
  return visit.world.app.name.toLowerCase().replace(/[^a-z0-9]+/g, "-");
}
