import { Prisma } from "@prisma/client";
import type { Context } from "~/context";
import { preview } from "~/conversations/text";
import { leavePeople, lockPeople } from "~/customers/settle";
import type { Transaction } from "~/db.server";
import { subjectOf } from "~/timeline/subject";
import { eraseMentions } from "./erase-mentions";
import { eraseQueues } from "./erase-queues";
import type { Receipt } from "./receipt";
import type { Scope } from "./scope";
import { personTables } from "./tables/person-tables";

/**
 * Removes everything of a person, table by table as `tables/` says, and what waits in queues. What is kept is kept
 * without the person. Answers the two lists of the receipt. In the caller's transaction, which must be allowed minutes.
 */
export async function eraseRows(
  tx: Transaction,
  ctx: Context,
  scope: Scope,
): Promise<Pick<Receipt, "erased" | "kept">> {
  const erased: Receipt["erased"] = [];
  const kept: Receipt["kept"] = [];
  await lockPeople(tx, scope.shopId);
  for (const { table, what, rows, kept: stays } of personTables) {
    // Whoever was merged with them stands for themselves, before the leaves go.
    if (table === "customer") await leavePeople(tx, ctx, scope.customerIds);
    if (table === "visitor") await leaveBrowsers(tx, scope);
    const of = Prisma.sql`"shopId" = ${scope.shopId}::uuid AND ${rows(scope)}`;
    const name = Prisma.raw(`"${table}"`);
    if (!stays) {
      erased.push({ what, table, rows: await tx.$executeRaw`DELETE FROM ${name} WHERE ${of}` });
      continue;
    }
    const count = stays.without
      ? await tx.$executeRaw`UPDATE ${name} SET ${stays.without(scope)} WHERE ${of}`
      : Number((await tx.$queryRaw<{ n: bigint }[]>`SELECT count(*) AS n FROM ${name} WHERE ${of}`)[0]?.n ?? 0);
    kept.push({ what, table, rows: count, ground: stays.ground });
  }
  await partOrders(tx, scope);
  await takeAddresses(tx, scope);
  await takeGuesses(tx, scope);
  await previewAgain(tx, scope);
  erased.push(...(await eraseMentions(tx, scope)));
  erased.push(...(await eraseQueues(tx, scope)));
  return { erased, kept };
}

/** What somebody else did from a browser of theirs is what is left of it. It stays, and no longer says from which. */
async function leaveBrowsers(tx: Transaction, { shopId, visitorIds }: Scope): Promise<void> {
  for (const table of ["conversation", "message", "rating"]) {
    await tx.$executeRaw`
      UPDATE ${Prisma.raw(`"${table}"`)} SET "visitorId" = NULL
       WHERE "shopId" = ${shopId}::uuid AND "visitorId" = ANY (${visitorIds}::uuid[])`;
  }
}

/** Each order is a story of its own from now on: that several were one person's is no longer told. */
async function partOrders(tx: Transaction, { shopId, orderIds }: Scope): Promise<void> {
  const subjects = orderIds.map((id) => subjectOf(shopId, id));
  await tx.$executeRaw`
    UPDATE "shopify_order" o SET "subjectId" = own."subjectId"
      FROM unnest(${orderIds}::text[], ${subjects}::uuid[]) AS own("id", "subjectId")
     WHERE o."shopId" = ${shopId}::uuid AND o."id" = own."id"`;
}

/** Somebody else once typed an address of the person: the address goes, they stay. */
async function takeAddresses(tx: Transaction, { shopId, emails, phones }: Scope): Promise<void> {
  await tx.$executeRaw`
    UPDATE "customer" SET "email" = NULL WHERE "shopId" = ${shopId}::uuid AND lower("email") = ANY (${emails}::text[])`;
  await tx.$executeRaw`
    UPDATE "customer" SET "phone" = NULL WHERE "shopId" = ${shopId}::uuid AND "phone" = ANY (${phones}::text[])`;
}

/** Somebody else called who was probably them: the call stays, the guess goes. */
async function takeGuesses(tx: Transaction, { shopId, customerIds }: Scope): Promise<void> {
  await tx.$executeRaw`
    UPDATE "call" SET "probablyId" = NULL WHERE "shopId" = ${shopId}::uuid AND "probablyId" = ANY (${customerIds}::uuid[])`;
}

/** The lists show the newest message of a conversation: of one that is gone, the one before. */
async function previewAgain(tx: Transaction, { shopId, hostConversationIds }: Scope): Promise<void> {
  for (const id of hostConversationIds) {
    const newest = await tx.message.findFirst({
      where: { shopId, conversationId: id, author: { not: "app" } },
      orderBy: { position: "desc" },
      select: { text: true, author: true, _count: { select: { attachments: true } } },
    });
    await tx.conversation.update({
      where: { shopId_id: { shopId, id } },
      data: { lastMessageText: newest ? preview(newest.text, newest._count.attachments) : "" },
      select: { id: true },
    });
  }
}
