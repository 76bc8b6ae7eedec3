import type { Request, Response } from "express";
import { type PixelExtension, pixelExtension } from "../../extensions/web-pixel";
import type { WebPixelRecord } from "../../records-people";
import type { ShopStore } from "../../store";
import type { World } from "../../world";
import { installationOf } from "../extension/installed";

/** The pixels that are switched on in the shop, with the extension each runs. */
export function runningPixels(
  world: World,
  shop: ShopStore,
): { record: Readonly<WebPixelRecord>; extension: PixelExtension }[] {
  const extension = pixelExtension(world);
  if (!extension) return [];
  return shop
    .all("webPixel")
    .filter((record) => record.clientId === world.app.clientId)
    .map((record) => ({ record, extension }));
}

/** `/web-pixels/web-pixel-<id>/pixel.js`: the app's own code, for the sandbox. False for any other path. */
export async function answerPixel(world: World, shop: ShopStore, req: Request, res: Response): Promise<boolean> {
  const id = /^\/web-pixels\/web-pixel-(\d+)\/pixel\.js$/.exec(req.path)?.[1];
  if (!id) return false;
  const found =
    installationOf(world, shop) && runningPixels(world, shop).find(({ record }) => String(record.id) === id);
  if (found)
    res
      .set("Cache-Control", "no-cache")
      .type("text/javascript")
      .send(await found.extension.script());
  else res.status(404).type("text").send("No such pixel.");
  return true;
}
