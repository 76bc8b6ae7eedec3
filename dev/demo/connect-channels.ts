import { idToken } from "../shopify/admin/embedding/session-token";
import { handleOf } from "../shopify/admin/visit";
import type { World } from "../shopify/world";
import { userAgent } from "./first-open";

/** What a merchant enters in Settings → Channels. */
export interface ChannelForm {
  kind: string;
  values: Record<string, string>;
}

/**
 * Connects a shop's channels as its owner would, through the app's own page.
 * @param mailDomain the domain of the addresses that mail is forwarded to
 * @returns the address that mail to the store is to be forwarded to, and a sentence for each channel that was refused
 */
export async function connectChannels(
  world: World,
  domain: string,
  forms: readonly ChannelForm[],
  mailDomain: string,
): Promise<{ forwarding: string | null; refused: string[] }> {
  const shop = world.store.shop(domain);
  const staff = shop.all("staff").find((each) => each.accountOwner);
  if (!staff) return { forwarding: null, refused: ["the shop has no owner"] };
  const handle = handleOf(domain);
  const visit = { world, shop, settings: shop.settings(), handle, base: `/store/${handle}`, staff, path: "/" };
  // Remix's own way of asking for a page's data; the answer is a stream in which texts stand as they are.
  const ask = async (kind: string, body?: object): Promise<{ ok: boolean; text: string }> => {
    const answer = await fetch(`${world.app.origin}/settings/channels/${kind}.data`, {
      headers: {
        "user-agent": userAgent,
        authorization: `Bearer ${await idToken(visit)}`,
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return { ok: answer.ok && !text.includes('"error"'), text };
  };
  const refused: string[] = [];
  for (const { kind, values } of forms) {
    const { ok, text } = await ask(kind, { act: "connect", accountId: null, values });
    if (!ok) refused.push(`${kind} was not connected: ${/"([A-Z][^"]+\.)"/.exec(text)?.[1] ?? "see the app's log"}`);
  }
  const address = new RegExp(`"([a-z2-7]{16}@${mailDomain.replaceAll(".", "\\.")})"`);
  const forwarding = address.exec((await ask("email")).text)?.[1] ?? null;
  return { forwarding, refused };
}
