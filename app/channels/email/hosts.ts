import { lookup } from "node:dns/promises";
import { BlockList, isIP } from "node:net";
import { env } from "~/env.server";

/** Where a server is: the address to connect to, and the name that its certificate must have. */
export interface Host {
  host: string;
  servername: string | undefined;
}

/** The name of a server leads to a machine that only we can reach. */
export class PrivateHost extends Error {}

const inside = new BlockList();
for (const [net, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["224.0.0.0", 3],
] as const) {
  inside.addSubnet(net, bits, "ipv4");
}
for (const [net, bits] of [
  ["::", 127],
  ["fc00::", 7],
  ["fe80::", 10],
  ["ff00::", 8],
  ["64:ff9b::", 96],
] as const) {
  inside.addSubnet(net, bits, "ipv6");
}

/**
 * Finds a mail server that a merchant named. The app's own network is not for merchants to look around in: an address
 * inside it is refused, unless the app itself runs on this machine only. The address found is the one connected to, so
 * that a name cannot lead elsewhere a moment later. Throws PrivateHost, or what DNS says.
 */
export async function findHost(name: string): Promise<Host> {
  const isLocal = ["127.0.0.1", "localhost", "[::1]"].includes(new URL(env().SHOPIFY_APP_URL).hostname);
  const literal = isIP(name) > 0;
  if (isLocal) return { host: name, servername: literal ? undefined : name };
  const { address, family } = await lookup(name);
  if (isInside(address, family)) throw new PrivateHost("the server's name leads into a private network");
  return { host: address, servername: literal ? undefined : name };
}

export function isInside(address: string, family: number = isIP(address)): boolean {
  const mapped = /^::ffff:([\d.]+)$/i.exec(address)?.[1];
  if (mapped) return inside.check(mapped, "ipv4");
  return inside.check(address, family === 6 ? "ipv6" : "ipv4");
}
