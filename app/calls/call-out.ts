import { openAccount } from "~/channels/accounts";
import type { InboundMessage, Sender } from "~/channels/channel";
import { placeOf } from "~/channels/place";
import { mayContact } from "~/consent/may-contact";
import type { Context, StaffActor } from "~/context";
import { membersOf } from "~/customers/members";
import { normalise } from "~/customers/normalise";
import { change } from "~/events/change";
import { record } from "~/events/record";
import { Invalid } from "~/http/errors";
import { newId } from "~/platform/ids";
import { takingCalls } from "./agents";
import { addLeg, ringLegs } from "./ring";

/** A number of the customer's that can be called, and the leaf that it is of. */
export interface Callable {
  number: string;
  customerId: string;
}

/** The numbers of a person, each once: those of their own, and what Shopify has. Throws NotFound. */
export async function numbersOf(ctx: Context<StaffActor>, customerId: string): Promise<Callable[]> {
  const { prisma } = ctx.db;
  const shopId = ctx.shop.id;
  const person = await membersOf(prisma, shopId, customerId);
  const [identities, records, shop] = await Promise.all([
    prisma.identity.findMany({
      where: { shopId, customerId: { in: person.customerIds }, kind: "phone" },
      orderBy: { lastSeenAt: "desc" },
      select: { value: true, customerId: true },
    }),
    prisma.shopifyCustomer.findMany({
      where: { shopId, id: { in: person.shopifyCustomerIds }, phoneKey: { not: null } },
      select: { id: true, phoneKey: true },
    }),
    prisma.shop.findUniqueOrThrow({ where: { id: shopId }, select: { countryCode: true } }),
  ]);
  const all = [
    ...records.map(({ id, phoneKey }) => ({
      number: phoneKey ?? "",
      customerId: person.leaves.find((leaf) => leaf.shopifyCustomerId === id)?.id ?? person.personId,
    })),
    ...identities.map(({ value, customerId: leaf }) => ({ number: value, customerId: leaf })),
    ...person.leaves.map((leaf) => ({
      number: normalise("phone", leaf.phone, shop.countryCode)?.value ?? "",
      customerId: leaf.id,
    })),
  ].filter(({ number }) => number !== "");
  return all.filter((one, place) => all.findIndex(({ number }) => number === one.number) === place);
}

/**
 * Calls a customer: this member of staff's phone rings first, then the customer's. Only at a number of theirs, and not
 * when they said that they do not want calls. Gives the call's id. Throws NotFound and Invalid.
 */
export async function callOut(
  ctx: Context<StaffActor>,
  input: { customerId: string; number: string },
): Promise<{ callId: string; conversationId: string }> {
  const to = (await numbersOf(ctx, input.customerId)).find(({ number }) => number === input.number);
  if (!to) throw wrong("number", "This is not a number of this customer.");
  const mine = await takingCalls(ctx);
  if (!mine.phone) throw wrong("phone", "Enter the phone on which you take calls first.");
  const row = await ctx.db.prisma.channelAccount.findFirst({
    where: { shopId: ctx.shop.id, kind: "voice", state: "active" },
    orderBy: { createdAt: "asc" },
    select: { id: true },
  });
  const account = row && (await openAccount(ctx, row.id));
  if (!account) throw wrong("number", "Connect a number for calls in Settings → Channels first.");
  const at = ctx.clock.now();
  const { call, leg } = await change(ctx, async (tx) => {
    const endpoint = { kind: "phone" as const, value: to.number };
    const verdict = await mayContact(tx, ctx, {
      customerId: to.customerId,
      channel: "voice",
      purpose: "service",
      endpoint,
    });
    if (!verdict.allowed) throw wrong("number", "They said that they do not want to be called.");
    const known = await tx.$queryRaw<{ id: string }[]>`
      INSERT INTO "endpoint" AS e ("shopId", "id", "accountId", "customerId", "address", "lastOutAt", "createdAt")
      VALUES (${ctx.shop.id}::uuid, ${newId(at)}::uuid, ${account.id}::uuid, ${to.customerId}::uuid, ${to.number}, ${at}::timestamptz, ${at}::timestamptz)
      ON CONFLICT ("shopId", "accountId", "address", "customerId") DO UPDATE SET "lastOutAt" = EXCLUDED."lastOutAt" RETURNING "id"`;
    const endpointId = known[0]?.id ?? "";
    const from: Sender = {
      address: to.number,
      name: null,
      identifier: null,
      grade: "claimed",
      proof: "called by your team",
    };
    const opening: InboundMessage = { type: "message", externalId: newId(at), at, from, text: "", files: [] };
    const sender = { customerId: to.customerId, endpointId, isNew: false };
    const conversation = await placeOf(tx, ctx, account, opening, sender);
    const made = await tx.call.create({
      data: {
        shopId: ctx.shop.id,
        id: newId(at),
        accountId: account.id,
        conversationId: conversation.id,
        customerId: to.customerId,
        endpointId,
        caller: "verified",
        direction: "out",
        fromAddress: account.externalId,
        toAddress: to.number,
        state: "ringing",
        startedAt: at,
        heardAt: at,
        staffId: ctx.actor.id,
      },
    });
    const subjects = { conversationId: conversation.id, customerId: to.customerId };
    await record(tx, ctx, "call.started", { callId: made.id, direction: "out" }, subjects);
    return { call: made, leg: await addLeg(tx, ctx, made.id, { staffId: ctx.actor.id }) };
  });
  await ringLegs(ctx, [leg]);
  return { callId: call.id, conversationId: call.conversationId };
}

function wrong(field: string, message: string): Invalid {
  return new Invalid([{ field, message }]);
}
