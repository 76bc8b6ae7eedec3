import { describe, expect, it } from "vitest";
import type { Account, Outbound, OutboundFile } from "~/channels/channel";
import { instagram } from "~/channels/instagram/adapter";
import { messenger } from "~/channels/messenger/adapter";
import { byBytes, byCharacters, divide } from "~/channels/vendors/meta/divide";
import { isMetaMedia } from "~/channels/vendors/meta/media";
import { failureOf } from "~/channels/vendors/meta/problems";
import { isSigned } from "~/channels/vendors/meta/signature";
import { whatsapp } from "~/channels/whatsapp/adapter";
import { phoneOf } from "~/channels/whatsapp/phone";

const outbound = (text: string, files: Partial<OutboundFile>[] = []) =>
  ({ key: "k", text, files, address: "1", replyTo: null, lastInAt: null }) as unknown as Outbound;

describe("a long text", () => {
  it("is cut at words, and nothing of it is lost", () => {
    const text = Array.from({ length: 900 }, (_, at) => `word${at}`).join(" ");
    const pieces = divide(text, 1_000, byCharacters);
    expect(Math.max(...pieces.map((one) => one.length))).toBeLessThanOrEqual(1_000);
    expect(pieces.join(" ")).toBe(text);
  });

  it.each(["👨‍👩‍👧‍👦".repeat(200), "日本語".repeat(1_000), "é".repeat(3_000)])(
    "of no words is cut between letters, by bytes: %#",
    (text) => {
      const pieces = divide(text, 1_000, byBytes);
      expect(pieces.join("")).toBe(text);
      for (const piece of pieces) {
        expect(Buffer.byteLength(piece)).toBeLessThanOrEqual(1_000);
        expect(piece.isWellFormed() && !piece.startsWith("\u200d")).toBe(true);
      }
    },
  );

  it("goes in parts whose keys are their own, before the files", () => {
    const file = { name: "a.png", mediaType: "image/png", size: 1 };
    const parts = instagram.parts(outbound("ø".repeat(501), [file]));
    expect(parts.map(({ key, text, file: of }) => [key, text.length, of?.name ?? null])).toEqual([
      ["k:0", 500, null],
      ["k:1", 1, null],
      ["k:2", 0, "a.png"],
    ]);
  });
});

it.each([
  [instagram, "application/zip", 1],
  [instagram, "image/webp", 1],
  [messenger, "image/png", 9 * 1_048_576],
  [whatsapp, "image/gif", 1],
  [whatsapp, "image/png", 6 * 1_048_576],
])("what a channel does not take is refused in words before anything is sent: %#", (adapter, mediaType, size) => {
  expect(() => adapter.parts(outbound("x", [{ name: "a file", mediaType, size }]))).toThrow();
});

describe("the time for free answers", () => {
  const account = (humanAgent: boolean): Pick<Account, "settings"> => ({ settings: { humanAgent } });
  const now = new Date("2026-11-22T12:00:00Z");
  const ago = (hours: number) => ({ address: "1", lastInAt: new Date(now.getTime() - hours * 3_600_000) });

  it("is a day, then seven for people where Meta allows it, then over", () => {
    expect(messenger.rule(ago(23), account(false), now)).toMatchObject({
      open: true,
      until: new Date("2026-11-22T13:00:00Z"),
    });
    expect(messenger.rule(ago(24), account(false), now)).toMatchObject({ open: false, instead: null });
    expect(messenger.rule(ago(25), account(true), now)).toMatchObject({ open: true });
    expect(instagram.rule(ago(7 * 24), account(true), now)).toMatchObject({ open: false });
    expect(instagram.rule({ address: "1", lastInAt: null }, account(true), now)).toMatchObject({ open: false });
  });

  it("is over after a day on WhatsApp but for templates", () => {
    expect(whatsapp.rule(ago(23), account(true), now)).toMatchObject({ open: true });
    expect(whatsapp.rule(ago(25), account(true), now)).toMatchObject({ open: false, instead: "template" });
  });
});

it.each([
  ["551187654321", "+5511987654321"],
  ["5511987654321", "+5511987654321"],
  ["555133334444", "+555133334444"],
  ["5215512345678", "+525512345678"],
  ["525512345678", "+525512345678"],
  ["54111523965421", "+5491123965421"],
  ["541123965421", "+5491123965421"],
  ["16505551234", "+16505551234"],
  ["somebody", null],
  ["0123456789", null],
])("WhatsApp's %s is the number %s", (id, phone) => {
  expect(phoneOf(id)).toBe(phone);
});

it.each([
  ["https://scontent-arn2-1.cdninstagram.com/v/a.jpg", true],
  ["https://lookaside.fbsbx.com/x?y", true],
  ["http://scontent.fbcdn.net/a", false],
  ["https://fbcdn.net.evil.example/a", false],
  ["https://evilfbcdn.net/a", false],
  ["https://scontent.fbcdn.net:8443/a", false],
  ["https://user@scontent.fbcdn.net/a", false],
  ["file:///etc/passwd", false],
])("a file at %s is fetched: %s", (link, fetched) => {
  expect(isMetaMedia(link)).toBe(fetched);
});

it("Meta's codes are said in words with what to do, by subcode where there is one", () => {
  expect(failureOf({ code: 10, error_subcode: 2018278 })).toMatchObject({
    code: "10/2018278",
    words: expect.stringContaining("Wait until they write again"),
  });
  expect(failureOf({ code: 131047 }).words).toContain("Send a template");
  expect(failureOf({ code: 130429 }).outcome).toBe("later");
  expect(failureOf({ code: 551 }).outcome).toBe("closes");
  expect(failureOf({ code: 424242, error_user_msg: "Nope." }).words).toContain("“Nope.”");
});

it("a signature is of the bytes, the secret and nothing else", () => {
  const body = Buffer.from('{"a":"\\u00e6"}');
  const signature = "sha256=0000000000000000000000000000000000000000000000000000000000000000";
  expect(isSigned(body, signature, "secret")).toBe(false);
  for (const header of [null, "", "sha256=", "sha1=00", `${signature}0`])
    expect(isSigned(body, header, "secret")).toBe(false);
});
