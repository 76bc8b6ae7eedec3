import { idToken } from "../shopify/admin/embedding/session-token";
import { handleOf } from "../shopify/admin/visit";
import type { World } from "../shopify/world";

/** What a merchant enters in Settings → Channels. */
export interface ChannelForm {
  kind: string;
  values: Record<string, string>;
}

interface Answer {
  connection?: { accounts: { toPaste: { what: string; value: string }[] }[] };
  error?: { message: string; fields?: { field: string; message: string }[] };
}

const route = encodeURIComponent("routes/admin.settings.channels.one");

/**
 * Connects a shop's channels as its owner would, through the app's own page. What is connected already stays as it is.
 * @returns the address that mail to the store is to be forwarded to, and a sentence for each channel that was refused
 */
export async function connectChannels(
  world: World,
  domain: string,
  forms: readonly ChannelForm[],
): Promise<{ forwarding: string | null; refused: string[] }> {
  const shop = world.store.shop(domain);
  const staff = shop.all("staff").find((each) => each.accountOwner);
  const refused: string[] = [];
  let forwarding: string | null = null;
  if (!staff) return { forwarding, refused };
  const handle = handleOf(domain);
  const visit = { world, shop, settings: shop.settings(), handle, base: `/store/${handle}`, staff, path: "/" };
  const ask = async (kind: string, body?: object): Promise<Answer> => {
    const answer = await fetch(`${world.app.origin}/settings/channels/${kind}?_data=${route}`, {
      headers: {
        authorization: `Bearer ${await idToken(visit)}`,
        accept: "application/json",
        ...(body ? { "content-type": "application/json" } : {}),
      },
      ...(body ? { method: "POST", body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    return text.startsWith("{")
      ? (JSON.parse(text) as Answer)
      : { error: { message: `the app answered ${answer.status}` } };
  };
  for (const { kind, values } of forms) {
    const before = await ask(kind);
    if (before.connection?.accounts.length === 0) {
      const { error } = await ask(kind, { act: "connect", accountId: null, values });
      if (error)
        refused.push(`${kind}: ${[error.message, ...(error.fields ?? []).map((one) => one.message)].join(" ")}`);
    }
    if (kind !== "email") continue;
    const pasted = (await ask(kind)).connection?.accounts.flatMap(({ toPaste }) => toPaste) ?? [];
    forwarding = pasted.find(({ what }) => what === "forwarding")?.value ?? null;
  }
  return { forwarding, refused };
}
