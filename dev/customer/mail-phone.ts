import { createPublicKey, generateKeyPairSync } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { createTransport } from "nodemailer";
import type { CaughtMail } from "../mail/caught-mail";
import type { TextAt } from "../mail/dns";
import type { Person } from "./people";
import type { Bubble, Phone, Said } from "./phone";

const selector = "phone";

export interface MailOfPeople {
  phone: Phone;
  /** Keys and policies of the people's domains, for the name server. */
  textAt: TextAt;
  /** Mail to the store's address goes on to this one, as a merchant sets it up at their provider. */
  forward(address: string, to: string): void;
}

interface Kept {
  key: string;
  forwards: Record<string, string>;
  sent: { id: string; from: string; to: string; subject: string; text: string; at: string; about: string | null }[];
}

/**
 * A mailbox in a customer's hand: writes to the store's address as a mail program does, signed by the domain of the
 * sender, and shows what came back.
 * @param folder keeps the key, the forwardings and what was sent
 */
export function mailOfPeople(options: {
  folder: string;
  people: readonly Person[];
  /** The store's address, as it stands on its page. */
  store: { id: string; name: string };
  /** Where the app takes mail, and for which domain. */
  app: { port: number; domain: string };
  /** The page of caught mails. */
  caught: string;
}): MailOfPeople {
  const file = join(options.folder, "mailbox.json");
  const kept = read(file);
  const save = () => {
    mkdirSync(options.folder, { recursive: true });
    writeFileSync(file, JSON.stringify(kept), { mode: 0o600 });
  };
  save();
  const domains = new Set(options.people.map((one) => domainOf(one.email)));
  const transport = createTransport({
    host: "127.0.0.1",
    port: options.app.port,
    ignoreTLS: true,
    name: "mail.example",
  });

  const send = async (me: Person, store: string, said: Said): Promise<void> => {
    const about = said.about ? await caughtMail(options.caught, said.about) : null;
    const to = about?.replyTo[0] ?? about?.from ?? store;
    const address = bare(to);
    const route = address.endsWith(`@${options.app.domain}`) ? address : kept.forwards[address];
    if (!route) {
      throw new Error(
        `Mail to ${address} goes nowhere yet: connect the address in Settings, Channels, and set up its forwarding below.`,
      );
    }
    const forged = said.act === "forge";
    const text = about ? `${said.text}\n\nOn ${about.receivedAt}, ${about.from} wrote:\n${quoted(about)}` : said.text;
    const subject = about ? reply(about.subject) : said.subject || said.text.split("\n")[0]?.slice(0, 60) || "Hello";
    const domain = domainOf(me.email);
    const info = await transport.sendMail({
      from: { name: me.name, address: me.email },
      to,
      subject,
      text,
      envelope: { from: forged ? "bulk@elsewhere.example" : me.email, to: route },
      ...(about?.messageId ? { inReplyTo: about.messageId, references: about.messageId } : {}),
      ...(forged ? {} : { dkim: { domainName: domain, keySelector: selector, privateKey: kept.key } }),
      attachments: said.file
        ? [
            {
              filename: said.file.name,
              contentType: said.file.mediaType,
              content: said.file.base64,
              encoding: "base64",
            },
          ]
        : [],
    });
    const at = new Date().toISOString();
    kept.sent.push({
      id: info.messageId,
      from: me.email,
      to: address,
      subject,
      text: said.text,
      at,
      about: said.about,
    });
    save();
  };

  return {
    phone: {
      on: "email",
      label: "Email",
      acts: [{ act: "forge", label: "Send it forged", needs: "text" }],
      stores: async () => [options.store],
      async thread(me) {
        const mine: Bubble[] = kept.sent
          .filter((one) => one.from === me.email)
          .map((one) => ({ id: one.id, by: "me", text: one.text, at: one.at, note: one.subject, files: [] }));
        const theirs = (await caughtMails(options.caught, me.email)).map(
          (one): Bubble => ({
            id: one.id,
            by: "store",
            text: one.text ?? "",
            at: one.receivedAt,
            note: `${one.subject} · from ${one.from}`,
            files: [{ name: "Open the mail", href: `${options.caught}/messages/${one.id}`, isImage: false }],
          }),
        );
        return [...mine, ...theirs].sort((one, other) => one.at.localeCompare(other.at));
      },
      say: send,
    },
    textAt(name) {
      for (const domain of domains) {
        if (name === domain) return "v=spf1 ip4:127.0.0.1 ip6:::1 -all";
        if (name === `_dmarc.${domain}`) return "v=DMARC1; p=quarantine";
        if (name === `${selector}._domainkey.${domain}`) return `v=DKIM1; k=rsa; p=${publicKey(kept.key)}`;
      }
      return null;
    },
    forward(address, to) {
      kept.forwards[bare(address)] = bare(to);
      save();
    },
  };
}

function read(file: string): Kept {
  if (existsSync(file)) return JSON.parse(readFileSync(file, "utf8")) as Kept;
  const { privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  return { key: privateKey.export({ type: "pkcs8", format: "pem" }).toString(), forwards: {}, sent: [] };
}

function publicKey(pem: string): string {
  return createPublicKey(pem).export({ type: "spki", format: "der" }).toString("base64");
}

async function caughtMails(page: string, to: string): Promise<CaughtMail[]> {
  const answer = await fetch(`${page}/messages.json?limit=50&to=${encodeURIComponent(to)}`);
  return ((await answer.json()) as { messages: CaughtMail[] }).messages;
}

async function caughtMail(page: string, id: string): Promise<CaughtMail | null> {
  const answer = await fetch(`${page}/messages.json?limit=1000`);
  return ((await answer.json()) as { messages: CaughtMail[] }).messages.find((one) => one.id === id) ?? null;
}

const domainOf = (address: string): string => address.split("@").at(-1)?.toLowerCase() ?? "";
const bare = (address: string): string => (/<([^>]+)>/.exec(address)?.[1] ?? address).trim().toLowerCase();
const reply = (subject: string): string => (/^re:/i.test(subject) ? subject : `Re: ${subject}`);
const quoted = ({ text }: CaughtMail): string =>
  (text ?? "")
    .split("\n")
    .map((line) => `> ${line}`)
    .join("\n");
