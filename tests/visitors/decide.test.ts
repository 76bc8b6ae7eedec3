import { describe, expect, it } from "vitest";
import { decide } from "~/visitors/decide";

const B = "gid://shopify/Customer/2";
const C = "gid://shopify/Customer/3";

const guest = { signedInAs: null, hasLapsed: false, follows: true };
const anothers = { signedInAs: null, hasLapsed: false, follows: false };
const lapsed = { signedInAs: null, hasLapsed: true, follows: false };
const ofB = { signedInAs: B, hasLapsed: false, follows: false };

describe("who a browser is", () => {
  it.each([
    ["no key, guest", null, null, { act: "start", signedInAs: null, ends: false }],
    ["no key, signed in", null, B, { act: "start", signedInAs: B, ends: false }],
    ["a guest's, still a guest", guest, null, { act: "continue" }],
    ["a guest's, now signed in", guest, B, { act: "bind", to: B }],
    ["a confirmed guest's, still a guest", anothers, null, { act: "continue" }],
    ["a confirmed guest's, another signs in", anothers, B, { act: "start", signedInAs: B, ends: true }],
    ["confirmed too long ago, a guest", lapsed, null, { act: "start", signedInAs: null, ends: true }],
    ["confirmed too long ago, another signs in", lapsed, B, { act: "start", signedInAs: B, ends: true }],
    ["confirmed too long ago, the same one signs in", { ...lapsed, follows: true }, B, { act: "bind", to: B }],
    ["B's, still B", ofB, B, { act: "continue" }],
    ["B's, now a guest", ofB, null, { act: "start", signedInAs: null, ends: true }],
    ["B's, now C's", ofB, C, { act: "start", signedInAs: C, ends: true }],
  ])("%s", (_name, known, now, expected) => {
    expect(decide(known, now)).toEqual(expected);
  });
});
