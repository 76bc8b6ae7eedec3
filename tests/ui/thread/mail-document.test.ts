import { expect, it } from "vitest";
import { hasRemote, mailDocument } from "~/ui/thread/mail-document";

const none = new Map<string, string>();

it("loads nothing from other servers until it is asked to", () => {
  const html = `<p>Hi</p><img data-blocked-src="https://tracker.example/p.png">`;
  expect(hasRemote(html)).toBe(true);
  const shut = mailDocument(html, none, false);
  expect(shut).toContain("default-src 'none'; img-src data: blob:;");
  expect(shut).not.toMatch(/\ssrc="https:/);
  const open = mailDocument(html, none, true);
  expect(open).toContain(`<img src="https://tracker.example/p.png">`);
  expect(open).toContain("img-src data: blob: https: http:");
});

it("runs no script and sends no form, whatever is shown", () => {
  for (const remote of [true, false]) {
    const page = mailDocument("", none, remote);
    expect(page).toContain("form-action 'none'");
    expect(page).not.toContain("script-src");
    expect(page).toContain('<meta name="referrer" content="no-referrer">');
  }
});

it("puts in the pictures that came with it, also where the cid is percent-encoded", () => {
  const pictures = new Map([["logo@x y", "blob:1"]]);
  expect(mailDocument(`<img src="cid:logo%40x%20y">`, pictures, false)).toContain(`<img src="blob:1">`);
  expect(mailDocument(`<img src="cid:%zz">`, pictures, false)).toContain(`<img src="cid:%zz">`);
});
