import "../../../support/app";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { bounceAddress, conversationAddress, newToken, readInAddress } from "~/channels/email/thread/addresses";
import { messageIdOf, ownMail } from "~/channels/email/thread/message-id";
import { newId } from "~/platform/ids";

const domain = "in.throughline.example";
const token = newToken();
const conversationId = newId();

describe("addresses that mail comes back to", () => {
  it("say what they were made for, whatever case a server on the way makes of them", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(9_999), fc.boolean(), (id, part, shouts) => {
        const written = (address: string) => (shouts ? address.toUpperCase() : address);
        const answer = readInAddress(written(conversationAddress(token, id, domain)), domain);
        expect(answer).toEqual({ token, plus: { kind: "conversation", conversationId: id } });
        const bounce = readInAddress(written(bounceAddress(token, id, part, domain)), domain);
        expect(bounce).toEqual({ token, plus: { kind: "bounce", messageId: id, part } });
      }),
    );
  });

  it("fit into what a local part may have", () => {
    const longest = bounceAddress(token, newId(), 9_999, domain);
    expect(longest.indexOf("@")).toBeLessThanOrEqual(64);
  });

  it("are plain ones when anything in them was changed, or they are another account's", () => {
    const address = conversationAddress(token, conversationId, domain);
    const plus = address.slice(token.length);
    for (let at = token.length + 1; at < address.indexOf("@"); at += 1) {
      const other = address[at] === "a" ? "b" : "a";
      const changed = `${address.slice(0, at)}${other}${address.slice(at + 1)}`;
      expect(readInAddress(changed, domain)).toEqual({ token, plus: null });
    }
    const another = newToken();
    expect(readInAddress(`${another}${plus}`, domain)).toEqual({ token: another, plus: null });
  });

  it("are none of ours at another domain, or without a token", () => {
    expect(readInAddress(conversationAddress(token, conversationId, domain), "other.example")).toBeNull();
    expect(readInAddress(`postmaster@${domain}`, domain)).toBeNull();
    expect(readInAddress("", domain)).toBeNull();
  });
});

describe("ids of our mails", () => {
  it("are known again, and no other id is taken for one", () => {
    fc.assert(
      fc.property(fc.uuid(), fc.nat(9), (messageId, part) => {
        const id = messageIdOf({ messageId, part }, "northwind.example");
        expect(ownMail(id)).toEqual({ messageId, part });
        expect(ownMail(id.replace(/\.[a-z2-7](?=[a-z2-7]{11}@)/, ".1"))).toBeNull();
      }),
    );
    for (const other of ["", "@", "m.a.0.b@x.example", "CAF1234@mail.example.com"]) expect(ownMail(other)).toBeNull();
  });
});
