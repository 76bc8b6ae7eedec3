import { jwtVerify } from "jose";
import type { StaffRecord } from "../../records";
import type { ShopStore } from "../../store";
import type { World } from "../../world";

/** The staff member that an id token of this shop and app stands for; null when it is not valid now. */
export async function readIdToken(world: World, shop: ShopStore, token: string): Promise<StaffRecord | null> {
  try {
    const { payload } = await jwtVerify(token, key(world), {
      algorithms: ["HS256"],
      audience: world.app.clientId,
      issuer: `https://${shop.domain}/admin`,
      currentDate: world.clock(),
    });
    if (payload.dest !== `https://${shop.domain}`) return null;
    return shop.get("staff", payload.sub ?? "");
  } catch {
    return null;
  }
}

function key(world: World): Uint8Array {
  return new TextEncoder().encode(world.app.clientSecret);
}
