import { lookup } from "node:dns/promises";
import { isIP } from "node:net";
import { env } from "~/env.server";
import { isPublicAddress } from "~/platform/public-address";

/** Where a server is: the address to connect to, and the name that its certificate must have. */
export interface Host {
  host: string;
  servername: string | undefined;
}

/** The name of a server leads to a machine that only we can reach. */
export class PrivateHost extends Error {}

/**
 * Finds a mail server that a merchant named. The app's own network is not for merchants to look around in: an address
 * inside it is refused, unless the app itself runs on this machine only. The address found is the one connected to, so
 * that a name cannot lead elsewhere a moment later. Throws PrivateHost, or what DNS says.
 */
export async function findHost(name: string): Promise<Host> {
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(new URL(env().SHOPIFY_APP_URL).hostname);
  const literal = isIP(name) > 0;
  if (isLocal) return { host: name, servername: literal ? undefined : name };
  const { address } = await lookup(name);
  if (!isPublicAddress(address)) throw new PrivateHost("the server's name leads into a private network");
  return { host: address, servername: literal ? undefined : name };
}
