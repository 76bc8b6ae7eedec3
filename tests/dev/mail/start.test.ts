import { mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import nodemailer, { type SendMailOptions } from "nodemailer";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { CaughtMail } from "../../../dev/mail/caught-mail";
import { type Mail, startMail } from "../../../dev/mail/start";

const PIXEL = "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==";

let folder: string;
let mail: Mail;

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "mail-"));
  mail = await startMail({ smtpPort: 0, webPort: 0, folder });
});

afterEach(async () => {
  await mail.close();
  await rm(folder, { recursive: true });
});

async function send(options: SendMailOptions) {
  const transport = nodemailer.createTransport({ host: "127.0.0.1", port: mail.smtpPort, secure: false });
  try {
    return await transport.sendMail({ from: "shop@northwind-outfitters.example", to: "a@example.com", ...options });
  } finally {
    transport.close();
  }
}

async function caught(query = ""): Promise<CaughtMail[]> {
  const answer = await fetch(`${mail.url}/messages.json${query}`);
  return ((await answer.json()) as { messages: CaughtMail[] }).messages;
}

describe("caught mail", () => {
  it("is read back whole: addresses, subject, both parts, attachments", async () => {
    await send({
      from: '"Northwind Outfitters" <shop@northwind-outfitters.example>',
      to: '"ليلى" <layla@example.net>, b@example.com',
      cc: "c@example.com",
      bcc: "hidden@example.com",
      subject: "Din ordre #1001 er på vej 📦",
      text: "Hej",
      html: "<p>Hej <b>Layla</b></p>",
      attachments: [{ filename: "faktura.pdf", content: Buffer.from("%PDF-1.4"), contentType: "application/pdf" }],
    });
    const [first] = await caught();
    expect(first).toMatchObject({
      from: "Northwind Outfitters <shop@northwind-outfitters.example>",
      to: ["ليلى <layla@example.net>", "b@example.com"],
      cc: ["c@example.com"],
      subject: "Din ordre #1001 er på vej 📦",
      attachments: [{ index: 0, filename: "faktura.pdf", mimeType: "application/pdf", bytes: 8 }],
    });
    expect(first?.text?.trim()).toBe("Hej");
    expect(first?.html?.trim()).toBe("<p>Hej <b>Layla</b></p>");
    expect(first?.envelope.to).toEqual(["layla@example.net", "b@example.com", "c@example.com", "hidden@example.com"]);
  });

  it("is on the disk, byte for byte, when the sender hears 250, and is still there after a restart", async () => {
    const raw = "From: a@example.com\r\nTo: b@example.com\r\nSubject: exact\r\n\r\nline one\r\n.dot\r\n";
    await send({ raw, envelope: { from: "a@example.com", to: ["b@example.com"] } });
    const [file] = (await readdir(folder)).filter((name) => name.endsWith(".eml"));
    expect(await readFile(join(folder, file ?? ""), "utf8")).toBe(raw);
    await mail.close();
    await writeFile(join(folder, "20260101000000000-aaaaaaaa.part"), "half a mail");
    mail = await startMail({ smtpPort: 0, webPort: 0, folder });
    expect((await caught()).map((each) => each.subject)).toEqual(["exact"]);
    expect((await readdir(folder)).some((name) => name.endsWith(".part"))).toBe(false);
  });

  it("comes newest first, and by recipient", async () => {
    for (const number of [1, 2, 3, 4, 5]) await send({ to: `Person${number}@example.com`, subject: `mail ${number}` });
    expect((await caught()).map((each) => each.subject)).toEqual(["mail 5", "mail 4", "mail 3", "mail 2", "mail 1"]);
    expect((await caught("?to=person2@EXAMPLE.com")).map((each) => each.subject)).toEqual(["mail 2"]);
    expect(await caught("?to=nobody")).toEqual([]);
    expect(await caught("?limit=2")).toHaveLength(2);
    const page = await (await fetch(`${mail.url}/?to=person4`)).text();
    expect(page).toContain("mail 4");
    expect(page).not.toContain("mail 3");
  });

  it("keeps every one of many sent at once", async () => {
    await Promise.all(Array.from({ length: 40 }, (_, index) => send({ subject: `burst ${index}` })));
    const subjects = new Set((await caught("?limit=1000")).map((each) => each.subject));
    expect(subjects.size).toBe(40);
  });

  it("refuses what is larger than 35 MB and keeps nothing of it", async () => {
    const big = { filename: "film.bin", content: Buffer.alloc(30 * 1024 * 1024, 7) };
    await expect(send({ attachments: [big] })).rejects.toMatchObject({ responseCode: 552 });
    // The size may be refused before the first byte; a sender that does not announce it is refused at the end.
    const answer = await dialogue(mail.smtpPort, [
      "EHLO test",
      "MAIL FROM:<a@example.com>",
      "RCPT TO:<b@example.com>",
      "DATA",
      `Subject: big\r\n\r\n${"x".repeat(998).concat("\r\n").repeat(37_000)}.`,
    ]);
    expect(answer).toMatch(/^552 /m);
    expect(await readdir(folder)).toEqual([]);
  });

  it("keeps nothing when the sender hangs up in the middle, and goes on", async () => {
    await new Promise<void>((done) => {
      const socket = connect(mail.smtpPort, "127.0.0.1");
      const lines = ["EHLO test", "MAIL FROM:<a@example.com>", "RCPT TO:<b@example.com>", "DATA"];
      socket.on("data", () => {
        const next = lines.shift();
        if (next) socket.write(`${next}\r\n`);
        else {
          socket.write("Subject: half\r\n\r\nhal");
          setTimeout(() => socket.destroy(), 50);
        }
      });
      socket.on("close", () => done());
    });
    await send({ subject: "afterwards" });
    expect((await caught()).map((each) => each.subject)).toEqual(["afterwards"]);
  });
});

describe("the pages", () => {
  const EVIL = `<script>parent.document.title="owned"</script>`;

  it("write every field of a mail as text", async () => {
    await send({
      from: `"${EVIL.replaceAll('"', "'")}" <x@example.com>`,
      subject: EVIL,
      text: EVIL,
      headers: { "X-Evil": EVIL },
    });
    const [first] = await caught();
    for (const path of ["/", `/messages/${first?.id}`]) {
      const answer = await fetch(mail.url + path);
      expect(await answer.text()).not.toContain("<script>parent");
      expect(answer.headers.get("content-security-policy")).toMatch(/default-src 'none'.*script-src 'nonce-/);
    }
  });

  it("show a mail's HTML where it can neither run nor load anything, with its own pictures in it", async () => {
    await send({
      html: `<img src="cid:logo"><img src="https://tracker.example/x.gif"><a href="http://localhost:4401/invoices/abc">Pay</a>${EVIL}`,
      attachments: [{ filename: "logo.png", content: Buffer.from(PIXEL, "base64"), cid: "logo" }],
    });
    const [first] = await caught();
    const page = await (await fetch(`${mail.url}/messages/${first?.id}`)).text();
    expect(page).toMatch(/<iframe[^>]*sandbox="allow-popups allow-popups-to-escape-sandbox"/);
    const answer = await fetch(`${mail.url}/messages/${first?.id}/html`);
    const policy = answer.headers.get("content-security-policy") ?? "";
    expect(policy).toContain("default-src 'none'");
    expect(policy).toContain("img-src data:;");
    expect(policy).toMatch(/sandbox allow-popups allow-popups-to-escape-sandbox$/);
    expect(policy).not.toContain("script-src");
    expect(await answer.text()).toContain(`src="data:image/png;base64,${PIXEL}"`);
  });

  it("save attachments and never show them", async () => {
    await send({ attachments: [{ filename: "page.html", content: EVIL, contentType: "text/html" }] });
    const [first] = await caught();
    const answer = await fetch(`${mail.url}/messages/${first?.id}/attachments/0`);
    expect(answer.headers.get("content-disposition")).toBe('attachment; filename="page.html"');
    expect(answer.headers.get("content-type")).toBe("application/octet-stream");
    expect(await answer.text()).toBe(EVIL);
    expect((await fetch(`${mail.url}/messages/${first?.id}/attachments/1`)).status).toBe(404);
  });

  it("give the raw mail as plain text and 404 for what is not there", async () => {
    await send({ subject: "raw one" });
    const [first] = await caught();
    const raw = await fetch(`${mail.url}/messages/${first?.id}/raw`);
    expect(raw.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    expect(await raw.text()).toContain("Subject: raw one");
    for (const path of ["/messages/20260101000000000-aaaaaaaa", "/messages/..%2f..%2fetc%2fpasswd/raw", "/nothing"]) {
      expect((await fetch(mail.url + path)).status, path).toBe(404);
    }
  });

  it("answer to localhost only, so that no rebound name can read them", async () => {
    const answer = await new Promise<string>((done, fail) => {
      const socket = connect(mail.webPort, "127.0.0.1", () => {
        socket.write("GET /messages.json HTTP/1.1\r\nHost: evil.example\r\nConnection: close\r\n\r\n");
      });
      let text = "";
      socket.on("data", (chunk) => {
        text += chunk;
      });
      socket.on("end", () => done(text));
      socket.on("error", fail);
    });
    expect(answer).toMatch(/^HTTP\/1.1 421 /);
  });
});

describe("startMail", () => {
  it("rejects when a port is taken and leaves the other one free", async () => {
    await expect(startMail({ smtpPort: mail.smtpPort, webPort: 0, folder })).rejects.toMatchObject({
      code: "EADDRINUSE",
    });
    const probe = await startMail({ smtpPort: 0, webPort: 0, folder });
    const { smtpPort } = probe;
    await probe.close();
    await expect(startMail({ smtpPort, webPort: mail.webPort, folder })).rejects.toMatchObject({ code: "EADDRINUSE" });
    const again = await startMail({ smtpPort, webPort: 0, folder });
    await again.close();
  });
});

/** Speaks SMTP line by line, waiting for each answer, and returns everything the server said. */
function dialogue(port: number, lines: string[]): Promise<string> {
  return new Promise((done, fail) => {
    const socket = connect(port, "127.0.0.1");
    const left = [...lines, "QUIT"];
    let said = "";
    socket.on("data", (chunk) => {
      said += chunk;
      if (!/^\d{3} .*\r\n$/m.test(String(chunk))) return;
      const next = left.shift();
      if (next) socket.write(`${next}\r\n`);
    });
    socket.on("end", () => done(said));
    socket.on("error", fail);
  });
}
