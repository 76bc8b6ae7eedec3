import type { IncomingMessage } from "node:http";
import { expect, it } from "vitest";
import { addressKey, addressOf } from "~/http/address";

it.each([
  ["192.0.2.1", "192.0.2.1"],
  ["::ffff:192.0.2.1", "192.0.2.1"],
  ["::FFFF:192.0.2.1", "192.0.2.1"],
  ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
  ["2001:0DB8:0001:0002::9", "2001:db8:1:2::/64"],
  ["2001:db8::1", "2001:db8:0:0::/64"],
  ["::1", "0:0:0:0::/64"],
  ["::", "0:0:0:0::/64"],
  ["fe80::1%eth0", "fe80:0:0:0::/64"],
  ["64:ff9b::192.0.2.1", "64:ff9b:0:0::/64"],
  ["2001:db8:1:2:3:4:192.0.2.1", "2001:db8:1:2::/64"],
  ["unknown", "unknown"],
  ["", ""],
])("%s counts as %s", (address, key) => {
  expect(addressKey(address)).toBe(key);
});

it.each([
  [0, "203.0.113.9, 198.51.100.4", "10.0.0.1"],
  [1, "203.0.113.9, 198.51.100.4", "198.51.100.4"],
  [2, "203.0.113.9, 198.51.100.4", "203.0.113.9"],
  [3, "203.0.113.9, 198.51.100.4", "203.0.113.9"],
  [1, undefined, "10.0.0.1"],
])("behind %i proxies, %s came from %s", (proxies, told, address) => {
  const headers = told === undefined ? {} : { "x-forwarded-for": told };
  const request = { headers, socket: { remoteAddress: "10.0.0.1" } } as unknown as IncomingMessage;
  expect(addressOf(request, proxies)).toBe(address);
});
