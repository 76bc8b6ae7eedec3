import { generateKeyPairSync } from "node:crypto";
import { dkimSign } from "mailauth/lib/dkim/sign.js";
import type { Resolve } from "~/channels/email/authenticate/dns";

/** A number from 0 to 1 that is the same in every run (mulberry32). */
export function dice(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

export interface BenchMail {
  raw: Buffer;
  /** Whose conversation it truly belongs to. */
  talk: number;
}

const words =
  "order jacket size parcel return colour sleeve warm rain zip blue green invoice address tomorrow thanks please could".split(
    " ",
  );

/** Of every twenty mails: fourteen of a few lines, five with a long history below, one with a file. */
const mix = { short: 0.7, long: 0.95 };

/**
 * Mails of `talks` customers, each answering the one before in its own thread; half of them signed. Sizes are those of
 * mail in a shop's box: mostly 2 to 6 kB, some 20 to 60 kB, few with a picture of 100 to 400 kB.
 */
export async function makeMails(
  count: number,
  talks: number,
  seed = 1,
): Promise<{ mails: BenchMail[]; resolve: Resolve }> {
  const roll = dice(seed);
  const { privateKey, publicKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const pem = privateKey.export({ type: "pkcs8", format: "pem" }).toString();
  const record = `v=DKIM1; k=rsa; p=${publicKey.export({ type: "spki", format: "der" }).toString("base64")}`;
  const last = new Map<number, string[]>();
  const mails: BenchMail[] = [];
  for (let number = 0; number < count; number += 1) {
    const talk = number < talks ? number : Math.floor(roll() * talks);
    const before = last.get(talk) ?? [];
    const id = `bench-${seed}-${number}@customer.example`;
    last.set(talk, [...before, id].slice(-10));
    const raw = mailOf(number, talk, id, before, roll);
    mails.push({ raw: number % 2 === 0 ? await signed(raw, pem) : Buffer.from(raw), talk });
  }
  const resolve: Resolve = async (name, type) => {
    if (type === "TXT" && name === "s1._domainkey.customer.example") return [[record]];
    throw Object.assign(new Error("there is no such name"), { code: "ENOTFOUND" });
  };
  return { mails, resolve };
}

async function signed(raw: string, privateKey: string): Promise<Buffer> {
  const { signatures } = await dkimSign(raw, {
    signatureData: [{ signingDomain: "customer.example", selector: "s1", privateKey }],
  } as never);
  return Buffer.from(signatures + raw);
}

function mailOf(number: number, talk: number, id: string, before: string[], roll: () => number): string {
  const kind = roll();
  const text = [`Mail ${number} of customer ${talk}.`, "", ...lines(3 + Math.floor(roll() * 6), roll)];
  const history = kind < mix.short ? 4 : 200 + Math.floor(roll() * 500);
  if (before.length > 0) {
    text.push("", "On Mon, 16 Nov 2026 at 10:12, Northwind Support <support@northwind.example> wrote:", "");
    text.push(...lines(history, roll).map((line) => `> ${line}`));
  }
  const plain = text.join("\r\n");
  const html = `<html><body>${text.map((line) => `<div>${line.replace(/>/g, "&gt;") || "<br>"}</div>`).join("\r\n")}</body></html>`;
  const head = [
    `From: Customer ${talk} <customer${talk}@customer.example>`,
    "To: support@northwind.example",
    `Subject: ${before.length > 0 ? "Re: " : ""}Order #${1_000 + talk}`,
    `Message-ID: <${id}>`,
    ...(before.length > 0
      ? [`In-Reply-To: <${before.at(-1)}>`, `References: ${before.map((one) => `<${one}>`).join("\r\n ")}`]
      : []),
    "MIME-Version: 1.0",
  ];
  const alternative = [
    'Content-Type: multipart/alternative; boundary="alt"',
    "",
    ...["--alt", "Content-Type: text/plain; charset=utf-8", "", plain],
    ...["--alt", "Content-Type: text/html; charset=utf-8", "", html, "--alt--", ""],
  ];
  if (kind < mix.long) return [...head, ...alternative].join("\r\n");
  const bytes = Buffer.alloc(100_000 + Math.floor(roll() * 300_000), number);
  const file = bytes.toString("base64").replace(/.{76}/g, "$&\r\n");
  return [
    ...head,
    'Content-Type: multipart/mixed; boundary="mixed"',
    ...["", "--mixed", ...alternative],
    ...["--mixed", 'Content-Type: application/octet-stream; name="measures.bin"', "Content-Transfer-Encoding: base64"],
    ...['Content-Disposition: attachment; filename="measures.bin"', "", file, "--mixed--", ""],
  ].join("\r\n");
}

function lines(count: number, roll: () => number): string[] {
  return Array.from({ length: count }, () =>
    Array.from({ length: 8 + Math.floor(roll() * 6) }, () => words[Math.floor(roll() * words.length)]).join(" "),
  );
}
