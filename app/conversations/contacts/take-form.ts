import { createHash } from "node:crypto";
import { opened } from "~/channels/accounts";
import type { Account, InboundMessage } from "~/channels/channel";
import { takeIn } from "~/channels/take-in";
import type { Context } from "~/context";
import { keepIdentity } from "~/customers/keep-identity";
import { normaliseEmail } from "~/customers/normalise";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { cleanLine } from "~/platform/clean-line";
import { newId } from "~/platform/ids";
import { maskShopperText } from "~/privacy/mask";
import { append } from "../append";
import { lockForStaff, subjectsOf } from "../find";
import { cleanText } from "../text";

/** What somebody typed into a contact form. */
export interface FormInput {
  name: string;
  email: string;
  subject: string;
  message: string;
}

const proof = "typed into the contact form";

/**
 * Makes an e-mail conversation of what was typed into a contact form, so that the answer goes by mail. The address is a
 * claim: it finds nobody, and opens nothing. Without an e-mail account it is kept and shown, and cannot be answered by
 * mail. What is sent twice on one day is kept once. Throws Invalid.
 */
export async function takeForm(ctx: Context, input: FormInput): Promise<void> {
  const name = cleanLine(input.name, 100) || null;
  const address = normaliseEmail(input.email);
  if (!address) throw new Invalid([{ field: "email", message: "This is not an e-mail address." }]);
  const subject = maskShopperText(cleanLine(input.subject, 200));
  const text = cleanMessage(input.message);
  const at = ctx.clock.now();
  const day = at.toISOString().slice(0, 10);
  const hash = createHash("sha256")
    .update(JSON.stringify([ctx.shop.id, address, subject, text, day]))
    .digest("hex");
  await change(ctx, async (tx) => {
    const account = await accountOf(tx, ctx);
    // The same form twice at once is one after the other.
    const lock = account ? `inbound ${account.id}` : `form ${ctx.shop.id} ${address}`;
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${lock}, 0))`;
    const message = messageOf({
      name,
      address,
      subject,
      text,
      at,
      externalId: `form-${hash}`,
      to: account?.name ?? "",
    });
    if (account) await takeIn(tx, ctx, account, message, null);
    else await keepWithoutAccount(tx, ctx, message, hash);
  });
}

function cleanMessage(raw: string): string {
  try {
    return cleanText(raw);
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    throw new Invalid(error.fields.map(({ message }) => ({ field: "message", message })));
  }
}

/** The account that answers: the one that was connected first. */
async function accountOf(tx: Transaction, ctx: Context): Promise<Account | null> {
  const row = await tx.channelAccount.findFirst({
    where: { shopId: ctx.shop.id, kind: "email", state: "active" },
    orderBy: [{ createdAt: "asc" }, { id: "asc" }],
  });
  return row && opened(row);
}

interface Typed {
  name: string | null;
  address: string;
  subject: string;
  text: string;
  at: Date;
  externalId: string;
  to: string;
}

function messageOf({ name, address, subject, text, at, externalId, to }: Typed): InboundMessage {
  return {
    type: "message",
    externalId,
    at,
    from: { address, name, identifier: { kind: "email", value: address }, grade: "claimed", proof },
    text,
    content: {
      email: {
        subject: subject || "Contact form",
        from: { name, address },
        to: to ? [{ name: null, address: to }] : [],
        cc: [],
        hasHtml: false,
        hasFolded: false,
        authentication: { verdict: "unproven", words: "Typed into the contact form, nobody checked the address" },
      },
    },
    files: [],
    thread: { conversationId: null, references: [], others: [] },
  };
}

/** Kept with a leaf of its own and nowhere to answer to, until an account is connected and they write again. */
async function keepWithoutAccount(tx: Transaction, ctx: Context, message: InboundMessage, hash: string): Promise<void> {
  const shopId = ctx.shop.id;
  const { from, at, text } = message;
  // 128 bits of the hash, written as ids are.
  const clientKey = hash.slice(0, 32).replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, "$1-$2-$3-$4-$5");
  const typed = { shopId, kind: "email", value: from.address, grade: "claimed", proof };
  const repeated = await tx.message.findFirst({
    where: { shopId, clientKey, conversation: { customer: { identities: { some: typed } } } },
    select: { id: true },
  });
  if (repeated) return;
  const customer = await tx.customer.create({
    data: { shopId, id: newId(at), name: from.name, email: from.address, createdAt: at, updatedAt: at },
    select: { id: true },
  });
  await keepIdentity(tx, ctx, customer.id, { kind: "email", value: from.address }, { grade: "claimed", proof });
  const opened = await tx.conversation.create({
    data: {
      ...{ shopId, id: newId(at), customerId: customer.id, channel: "email", status: "open" },
      ...{ lastMessageAt: at, openedAt: at },
    },
  });
  await record(tx, ctx, "conversation.opened", { channel: "email" }, subjectsOf(opened));
  await append(tx, ctx, await lockForStaff(tx, ctx, opened.id), {
    author: "shopper",
    customerId: customer.id,
    channel: "email",
    content: message.content ?? null,
    text: maskShopperText(text),
    clientKey,
    files: 0,
  });
}
