import { rmSync } from "node:fs";
import { bulkRunner } from "../../admin-api/bulk/runner";
import { filePath } from "../../admin-api/bulk/storage";
import { bulkTrouble, resetBulkTrouble } from "../../admin-api/bulk/trouble";
import type { ShopStore } from "../../store";
import type { World } from "../../world";
import { time } from "../look/format";
import { type Html, html } from "../look/html";
import { badge, empty, table } from "../look/pieces";
import type { Visit } from "../visit";

const LISTED = 8;

/** What the app reads in bulk, and how that goes from now on. */
export function bulkCard(visit: Visit): Html {
  const now = bulkTrouble(visit.world);
  const operations = visit.shop.all("bulkOperation").slice(-LISTED).reverse();
  return html`${
    operations.length === 0
      ? empty("Nothing has been read in bulk yet.")
      : table(
          "Bulk operations",
          ["Operation", "Asked", "State", "Lines"],
          operations.map((each) => {
            const lines = bulkRunner(visit.world).progress(visit.shop.domain, each.id)?.objects ?? each.objectCount;
            const root = /\{\s*(\w+)/.exec(each.query)?.[1] ?? each.query.slice(0, 20);
            return html`<tr><td>${root}<small>${each.id}</small></td><td>${time(each.createdAt, visit.settings.timezone)}</td><td>${badge(each.status)}</td><td>${lines}</td></tr>`;
          }),
        )
  }<form method="post" action="/control/bulk?shop=${visit.handle}">
<label class="switch"><input type="checkbox" name="failHalfWay" ${now.failHalfWay ? html`checked` : null}> <span>Fail half way</span></label>
<label class="field"><span>Every n-th line is cut (0: none)</span><input type="number" name="malformedEvery" min="0" max="1000000" value="${now.malformedEvery}"></label>
<label class="field"><span>Milliseconds before every 50 root objects</span><input type="number" name="pause" min="0" max="60000" value="${now.pause}"></label>
<label class="field"><span>Downloads break after so many bytes (0: never)</span><input type="number" name="breakAfter" min="0" max="1000000000" value="${now.breakAfter}"></label>
<p class="form-end"><button class="button" name="expire" value="1">Expire all files now</button> <button class="button" name="reset" value="1">Ordinary</button> <button class="button primary">Apply</button></p></form>`;
}

/** Applies what the form asks; a number that cannot be read is 0. */
export function setBulkTrouble(world: World, shop: ShopStore, asked: Record<string, string>): void {
  if (asked.expire) {
    expireFiles(world, shop);
    return;
  }
  resetBulkTrouble(world);
  if (asked.reset) return;
  const number = (value: string | undefined) => Math.max(0, Math.floor(Number(value)) || 0);
  Object.assign(bulkTrouble(world), {
    failHalfWay: asked.failHalfWay === "on",
    malformedEvery: number(asked.malformedEvery),
    pause: Math.min(60_000, number(asked.pause)),
    breakAfter: number(asked.breakAfter),
  });
}

/** Every finished operation becomes EXPIRED, and the addresses that were handed out lead nowhere. */
function expireFiles(world: World, shop: ShopStore): void {
  const now = world.clock().toISOString();
  for (const operation of shop.all("bulkOperation")) {
    if (!operation.fileKey || !operation.fileExpiresAt || operation.fileExpiresAt < now) continue;
    rmSync(filePath(world, operation.fileKey), { force: true });
    shop.put("bulkOperation", operation.id, { ...operation, fileExpiresAt: now });
  }
}
