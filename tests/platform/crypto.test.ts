import { randomBytes } from "node:crypto";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { readKeyRing, SealError, seal, sealedWith, unseal } from "~/platform/crypto";

const key = () => randomBytes(32).toString("base64");

describe("a key ring", () => {
  it("seals with its first key and opens with every one", () => {
    const [old, fresh] = [`old:${key()}`, `new-2026:${key()}`];
    const before = readKeyRing(old);
    const after = readKeyRing(`${fresh}, ${old}`);
    const sealed = seal(before, "shpat_1", "here");
    expect(sealedWith(sealed)).toBe("old");
    expect(unseal(after, sealed, "here")).toBe("shpat_1");
    expect(sealedWith(seal(after, "shpat_1", "here"))).toBe("new-2026");
    expect(() => unseal(readKeyRing(fresh), sealed, "here")).toThrow(
      'ENCRYPTION_KEYS has no key "old", with which a stored value is sealed',
    );
  });

  it.each([
    ["nothing", "", "entry 1 is not of the form id:base64"],
    ["no id", `:${key()}`, "entry 1"],
    ["no key", "a:", "entry 1"],
    ["a blank in an id", `a b:${key()}`, "entry 1"],
    ["a long id", `${"a".repeat(33)}:${key()}`, "entry 1"],
    ["a second colon", `a:${key()}:x`, "entry 1"],
    ["the same id twice", `a:${key()},a:${key()}`, "entry 2 has the id of another: a"],
    ["31 bytes", `a:${randomBytes(31).toString("base64")}`, "the key a is not 32 bytes"],
    ["33 bytes", `a:${randomBytes(33).toString("base64")}`, "the key a is not 32 bytes"],
    ["no base64", `a:${"!".repeat(44)}`, "the key a is not 32 bytes"],
    ["a comma at the end", `a:${key()},`, "entry 2"],
  ])("with %s is refused, and no key is told", (_what, text, told) => {
    expect(() => readKeyRing(text)).toThrow(told);
    try {
      readKeyRing(text);
    } catch (error) {
      const [, secret = "nothing to tell"] = text.split(":");
      if (secret.length > 8) expect((error as Error).message).not.toContain(secret.slice(0, 8));
    }
  });
});

describe("a sealed value", () => {
  const ring = readKeyRing(`k1:${key()}`);

  it("gives back any text in its own place, and says nothing of it", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 300 }), fc.string(), (plain, place) => {
        const sealed = seal(ring, plain, place);
        expect(unseal(ring, sealed, place)).toBe(plain);
        expect(sealed).toMatch(/^sealed:1:k1:[\w-]+$/);
        expect(seal(ring, plain, place)).not.toBe(sealed);
      }),
    );
  });

  it("opens in no other place, with no other key of the name, and not with any bit changed", () => {
    const sealed = seal(ring, "shpat_0123456789", "shop a\nsession\n1\naccessToken");
    expect(() => unseal(ring, sealed, "shop b\nsession\n1\naccessToken")).toThrow(SealError);
    expect(() => unseal(readKeyRing(`k1:${key()}`), sealed, "shop a\nsession\n1\naccessToken")).toThrow(
      'a value sealed with the key "k1" cannot be opened',
    );
    const start = "sealed:1:k1:".length;
    const bytes = Buffer.from(sealed.slice(start), "base64url");
    for (let bit = 0; bit < bytes.length * 8; bit += 1) {
      const changed = Buffer.from(bytes);
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      const text = `sealed:1:k1:${changed.toString("base64url")}`;
      expect(() => unseal(ring, text, "shop a\nsession\n1\naccessToken")).toThrow(SealError);
    }
    for (let length = 0; length < bytes.length; length += 1) {
      const text = `sealed:1:k1:${bytes.subarray(0, length).toString("base64url")}`;
      expect(() => unseal(ring, text, "shop a\nsession\n1\naccessToken")).toThrow(SealError);
    }
  });

  it("cannot pass for one of another key by its name", () => {
    const two = readKeyRing(`k1:${key()},k2:${key()}`);
    const sealed = seal(two, "x", "p").replace(":k1:", ":k2:");
    expect(() => unseal(two, sealed, "p")).toThrow(SealError);
  });

  it("is told from a plain one", () => {
    for (const plain of ["shpat_abc", "", "sealed:1:", "sealed:1:k1", "sealed:1:a b:xx", "sealed:2:k1:xx"]) {
      expect(sealedWith(plain), plain).toBeNull();
      expect(() => unseal(ring, plain, "p")).toThrow("this value is not sealed");
    }
  });
});
