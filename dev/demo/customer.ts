import { existsSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { mailOfPeople } from "../customer/mail-phone";
import { metaPhones } from "../customer/meta-phones";
import { customerPages } from "../customer/pages";
import { peopleOf } from "../customer/people";
import { textPhone } from "../customer/text-phone";
import { voicePhone } from "../customer/voice-phone";
import { type LocalDns, startDns } from "../mail/dns";
import type { LocalProviders } from "../providers/start";
import type { World } from "../shopify/world";
import { type ChannelForm, connectChannels } from "./connect-channels";
import type { Ports } from "./ports";

/** The shop whose customers one can be. */
const domain = "northwind-outfitters.myshopify.com";
const numbers = [
  { id: "+4589880100", name: "+45 89 88 01 00" },
  { id: "+15550100100", name: "+1 555 010 0100" },
];
const account = { accountSid: "AC00000000000000000000000000000001", authToken: "northwind-twilio-token" };

export interface Customer {
  pages: (request: Request) => Promise<Response | null>;
  dns: LocalDns;
  /** Connects the shop's channels. @returns what was refused, a sentence each. */
  connect(): Promise<string[]>;
}

/** "Be the customer": phones for every channel of the first shop, and the name server that vouches for their mail. */
export async function openCustomer(options: {
  world: World;
  providers: LocalProviders;
  ports: Ports;
  mailDomain: string;
  folder: string;
}): Promise<Customer> {
  const { world, providers, ports } = options;
  const { email, name } = world.store.shop(domain).settings();
  const people = peopleOf(world, domain);
  const mail = mailOfPeople({
    folder: join(options.folder, "customer"),
    people,
    store: { id: email, name: `${name} <${email}>` },
    app: { port: ports.smtpIn, domain: options.mailDomain },
    caught: `http://127.0.0.1:${ports.mailPage}`,
  });
  const meta = metaPhones(providers);
  const phones = [...meta, mail.phone, textPhone(providers, numbers), voicePhone(providers, numbers)];
  return {
    pages: customerPages({ people, phones, forward: mail.forward }),
    dns: await startDns(ports.dns, mail.textAt),
    async connect() {
      // Once: what somebody disconnects in the demo stays so.
      const done = join(options.folder, "customer", "connected");
      if (existsSync(done)) return [];
      const ofMeta = (await (await providers.control("meta", "/accounts")).json()) as {
        accounts: { kind: string; values: Record<string, string> }[];
      };
      // Of each kind the first is this shop's.
      const first = ["instagram", "messenger", "whatsapp"].flatMap(
        (kind) => ofMeta.accounts.find((one) => one.kind === kind) ?? [],
      );
      const forms: ChannelForm[] = [
        ...first,
        { kind: "email", values: { address: email, fromName: name, incoming: "forwarding", outgoing: "app" } },
        { kind: "sms", values: { ...account, sender: "+4589880100", setUp: "yes" } },
        { kind: "voice", values: { ...account, number: "+4589880100", setUp: "yes" } },
      ];
      const { forwarding, refused } = await connectChannels(world, domain, forms, options.mailDomain);
      if (forwarding) mail.forward(email, forwarding);
      if (refused.length === 0) writeFileSync(done, "");
      return refused;
    },
  };
}
