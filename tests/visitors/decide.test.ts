import { describe, expect, it } from "vitest";
import { decide } from "~/visitors/decide";

const B = "gid://shopify/Customer/2";
const C = "gid://shopify/Customer/3";

describe("who a browser is", () => {
  it.each([
    ["no key, guest", null, null, { act: "start", signedInAs: null, ends: false }],
    ["no key, signed in", null, B, { act: "start", signedInAs: B, ends: false }],
    ["a guest's, still a guest", { signedInAs: null }, null, { act: "continue" }],
    ["a guest's, now signed in", { signedInAs: null }, B, { act: "bind", to: B }],
    ["B's, still B", { signedInAs: B }, B, { act: "continue" }],
    ["B's, now a guest", { signedInAs: B }, null, { act: "start", signedInAs: null, ends: true }],
    ["B's, now C's", { signedInAs: B }, C, { act: "start", signedInAs: C, ends: true }],
  ])("%s", (_name, known, now, expected) => {
    expect(decide(known, now)).toEqual(expected);
  });
});
