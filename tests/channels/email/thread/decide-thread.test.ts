import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decideThread, type NamedConversation } from "~/channels/email/thread/decide-thread";

const reopensSince = new Date("2026-11-01T00:00:00Z");
const longAgo = new Date("2026-10-01T00:00:00Z");
const lately = new Date("2026-11-20T00:00:00Z");

const named = (changes: Partial<NamedConversation> = {}): NamedConversation => ({
  conversationId: "c1",
  by: "reference",
  place: 0,
  belongs: true,
  wasCopied: false,
  closedAt: null,
  ...changes,
});
const decide = (list: NamedConversation[], forged = false) => decideThread({ named: list, forged, reopensSince });

describe("a mail that names a conversation", () => {
  it.each<[string, NamedConversation[], object | null]>([
    ["names nothing", [], null],
    ["names it by an empty id", [named({ conversationId: "" })], null],
    ["answers by reference, as the customer", [named()], { join: "c1", as: "same person", because: null }],
    ["answers to the signed address", [named({ by: "signed-address" })], { join: "c1", as: "same person" }],
    ["answers what was closed lately", [named({ closedAt: lately })], { join: "c1" }],
    ["answers what was closed long ago", [named({ closedAt: longAgo })], { newMatter: true, linkedTo: "c1" }],
    ["is a stranger's by reference", [named({ belongs: false })], { newMatter: true, linkedTo: "c1" }],
    [
      "is by reference of one who was copied in there, which proves nothing",
      [named({ belongs: false, wasCopied: true })],
      { newMatter: true, linkedTo: "c1" },
    ],
    [
      "is a stranger's to the signed address, which was forwarded to them",
      [named({ by: "signed-address", belongs: false })],
      { newMatter: true, linkedTo: "c1", because: expect.stringContaining("Someone else answered") },
    ],
    [
      "is to the signed address, of one who was copied in there",
      [named({ by: "signed-address", belongs: false, wasCopied: true })],
      { join: "c1", as: "third person", because: expect.stringContaining("copied in") },
    ],
    [
      "names two conversations",
      [named({ conversationId: "far", place: 3 }), named({ conversationId: "near", place: 1 })],
      { join: "near" },
    ],
    [
      "names one by the signed address and a nearer one by reference",
      [named({ conversationId: "near" }), named({ conversationId: "signed", by: "signed-address" })],
      { join: "signed" },
    ],
    [
      "comes to an address of somebody else's conversation and answers one's own",
      [
        named({ conversationId: "theirs", by: "signed-address", belongs: false }),
        named({ conversationId: "own", place: 2 }),
      ],
      { join: "own", as: "same person" },
    ],
  ])("that %s", (_what, list, expected) => {
    const decision = decide(list);
    if (expected === null) expect(decision).toBeNull();
    else expect(decision).toMatchObject(expected);
  });

  it("whose sender is forged joins by our signed address only, and never as who it says", () => {
    expect(decide([named()], true)).toMatchObject({ newMatter: true, because: expect.stringContaining("trusted") });
    expect(decide([named({ by: "signed-address" })], true)).toMatchObject({
      join: "c1",
      as: "third person",
      because: expect.stringContaining("not trusted"),
    });
    const copied = named({ by: "signed-address", belongs: false, wasCopied: true });
    expect(decide([copied], true)).toMatchObject({
      as: "third person",
      because: expect.stringContaining("not trusted"),
    });
    expect(decide([named({ by: "signed-address", belongs: false })], true)).toMatchObject({ newMatter: true });
  });
});

const any = fc.record({
  conversationId: fc.constantFrom("", "a", "b", "c"),
  by: fc.constantFrom("signed-address" as const, "reference" as const),
  place: fc.nat(9),
  belongs: fc.boolean(),
  wasCopied: fc.boolean(),
  closedAt: fc.constantFrom(null, longAgo, lately),
});

describe("whatever a mail names", () => {
  it("it joins only where its sender belongs or was copied in by a signed address, and never by an empty id", () => {
    fc.assert(
      fc.property(fc.array(any, { maxLength: 8 }), fc.boolean(), (list, forged) => {
        const decision = decide(list, forged);
        expect(decision === null).toBe(list.every((one) => one.conversationId === ""));
        if (!decision || "newMatter" in decision) return;
        expect(decision.join).not.toBe("");
        const there = list.filter((one) => one.conversationId === decision.join);
        const mayJoin = (one: NamedConversation) =>
          decision.as === "same person"
            ? one.belongs && !forged
            : one.by === "signed-address" && (one.wasCopied || (forged && one.belongs));
        expect(there.some(mayJoin)).toBe(true);
      }),
    );
  });

  it("the order in which it is found out does not matter", () => {
    fc.assert(
      fc.property(fc.uniqueArray(any, { maxLength: 6, selector: (one) => `${one.by}${one.place}` }), (list) => {
        expect(decide(list.toReversed())).toEqual(decide(list));
      }),
    );
  });
});
