import { type AdminTarget, adminTargets } from "../../extensions/admin-ui";
import { type Html, html } from "../look/html";
import type { Visit } from "../visit";

/** What a page of the admin is about, and where extensions stand on it. */
type Place = "customer" | "order";

/** The blocks that the app adds to the page, below its own cards; nothing when the app is not installed. */
export function extensionBlocks(visit: Visit, place: Place, gid: string): Html | null {
  const blocks = targetsOf(visit, `admin.${place}-details.block.render`);
  if (blocks.length === 0) return null;
  return html`${blocks.map(
    (block) => html`<section class="card extension" aria-label="${block.name}">${frame(visit, block, gid)}</section>`,
  )}`;
}

/** The actions that the app adds: in Shopify under "More actions". Each opens over the page. */
export function extensionActions(visit: Visit, place: Place, gid: string): Html | null {
  const actions = targetsOf(visit, `admin.${place}-details.action.render`);
  if (actions.length === 0) return null;
  return html`<details class="switcher"><summary class="button">More actions</summary><div class="menu" role="group" aria-label="More actions">${actions.map(
    (action) =>
      html`<button type="button" data-extension-action="${address(visit, action, gid)}" data-name="${action.name}">${action.name}</button>`,
  )}</div></details>`;
}

function targetsOf(visit: Visit, target: string): AdminTarget[] {
  if (!visit.shop.get("installation", visit.world.app.clientId)?.installedAt) return [];
  return adminTargets(visit.world).filter((each) => each.target === target);
}

/** `allow-same-origin` is missing on purpose: an extension is on a site of its own and sees nothing of the admin. */
function frame(visit: Visit, target: AdminTarget, gid: string): Html {
  return html`<iframe class="extension-frame" title="${target.name}" data-extension="${address(visit, target, gid)}" sandbox="allow-scripts allow-forms"></iframe>`;
}

function address(visit: Visit, target: AdminTarget, gid: string): string {
  return `${visit.base}/extensions/${target.handle}/${target.target}?id=${encodeURIComponent(gid)}`;
}
