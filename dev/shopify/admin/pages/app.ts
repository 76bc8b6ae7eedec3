import { appUrl, hostOf } from "../embedding/app-url";
import { html } from "../look/html";
import { appHandle, layout } from "../look/layout";
import { card } from "../look/pieces";
import { handleOf, nameOf, type Visit } from "../visit";

/** The app in its frame, with the admin's title bar above it. */
export async function appPage(visit: Visit, path: string): Promise<string> {
  const { world, shop, handle, base, staff, settings } = visit;
  const app = world.app;
  const src = await appUrl(visit, path);
  const root = `${base}/apps/${appHandle(visit)}`;
  // App Bridge reads this before any message can arrive. It stays with the frame through navigations and
  // needs no storage, which a browser that blocks third-party cookies also blocks.
  const name = JSON.stringify({
    frame: world.origin,
    apiKey: app.clientId,
    shop: shop.domain,
    host: hostOf(handle),
    locale: staff.locale,
    root,
  });
  return layout(visit, {
    title: app.name,
    bare: true,
    data: {
      appOrigin: app.origin,
      appName: app.name,
      root,
      base,
      bridge: `${base}/bridge`,
      staff: nameOf(staff),
      currency: settings.currency,
      storefronts: Object.fromEntries(
        world.store.domains().map((domain) => [domain, world.store.shop(domain).settings().storefrontOrigin]),
      ),
      handles: Object.fromEntries(world.store.domains().map((domain) => [domain, handleOf(domain)])),
    },
    body: html`<div class="app">
<div id="progress" class="progress" role="progressbar" aria-label="Loading" hidden></div>
<header class="app-bar"><h1><span class="app-icon" aria-hidden="true">T</span><span id="app-name">${app.name}</span></h1><span id="app-title"></span>
<div id="app-actions" class="actions"></div>
<details class="switcher app-more"><summary><span aria-hidden="true">⋯</span><span class="hidden">More about ${app.name}</span></summary><div class="menu">
<button type="button" id="app-support">Get support</button><a href="${base}/settings/apps">Manage app</a></div></details></header>
<iframe id="app-frame" title="${app.name}" name="${name}" data-src="${src}" allow="clipboard-read; clipboard-write; fullscreen"></iframe>
</div>`,
  });
}

/** What an uninstalled app shows: what it would be allowed to do, and the button. */
export function installPage(visit: Visit): string {
  const { app } = visit.world;
  return layout(visit, {
    title: `Install ${app.name}`,
    body: card(
      `${app.name} asks for access`,
      html`<p>${visit.settings.name} will allow ${app.name} to:</p><ul class="links">${app.scopes.map(
        (scope) => html`<li><code>${scope}</code></li>`,
      )}</ul><form method="post" action="${visit.base}/settings/apps/install"><button class="button primary">Install</button></form>`,
    ),
  });
}

export function appsPage(visit: Visit): string {
  const { world, shop, base } = visit;
  const installation = shop.get("installation", world.app.clientId);
  const tokens = shop.all("token").filter((token) => !token.revoked && token.clientId === world.app.clientId);
  return layout(visit, {
    title: "Apps and access",
    body: card(
      world.app.name,
      installation?.installedAt
        ? html`<p>Installed. Granted: ${installation.scopes.map((scope) => html`<code>${scope}</code> `)}</p>
<p>Access tokens in use: ${tokens.filter((each) => each.kind === "offline").length} offline, ${tokens.filter((each) => each.kind === "online").length} online.</p>
<form method="post" action="${base}/settings/apps/uninstall" data-confirm="Uninstall ${world.app.name}? It loses access at once."><button class="button">Uninstall</button></form>`
        : html`<p>Not installed.</p><form method="post" action="${base}/settings/apps/install"><button class="button primary">Install</button></form>`,
    ),
  });
}
