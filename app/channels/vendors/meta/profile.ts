import type { Account } from "../../channel";
import { type GraphHost, graph } from "./graph";
import { text } from "./json";

/** Names known by this process, so that a talkative person is asked about once. */
const known = new Map<string, { name: string | null; until: number }>();
const most = 5_000;
const day = 86_400_000;
/** After so many failures in a row nobody is asked for a minute, so that a slow Meta does not hold up messages. */
const mostFailures = 3;
let failures = 0;
let silentUntil = 0;

/**
 * How people call someone who wrote to a page or profile; null when Meta does not say, which is no reason to lose what
 * they wrote. Never throws. https://developers.facebook.com/docs/messenger-platform/identity/user-profile
 */
export async function profileName(account: Account, id: string, host: GraphHost): Promise<string | null> {
  const key = `${account.id} ${id}`;
  const now = Date.now();
  const found = known.get(key);
  if (found && found.until > now) return found.name;
  if (now < silentUntil) return found?.name ?? null;
  try {
    const fields = account.kind === "instagram" ? "name,username" : "name,first_name,last_name";
    const token = account.credentials.token ?? "";
    const profile = await graph({ token, host, path: encodeURIComponent(id), query: { fields }, within: 1_500 });
    failures = 0;
    const username = text(profile.username);
    return remember(key, text(profile.name) ?? (username ? `@${username}` : null), now + day);
  } catch {
    failures += 1;
    if (failures >= mostFailures) {
      failures = 0;
      silentUntil = now + 60_000;
    }
    return remember(key, found?.name ?? null, now + 600_000);
  }
}

function remember(key: string, name: string | null, until: number): string | null {
  const oldest = known.keys().next().value;
  if (known.size >= most && oldest !== undefined) known.delete(oldest);
  known.set(key, { name: name?.slice(0, 200) ?? null, until });
  return name;
}

/** Forgets every name, for tests. */
export function forgetProfiles(): void {
  known.clear();
  failures = 0;
  silentUntil = 0;
}
