import type { Context, ShopperActor } from "~/context";
import { normaliseEmail } from "~/customers/normalise";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { Invalid, NotFound, TooMany } from "~/http/errors";
import { enqueue } from "~/jobs/enqueue";
import { canMail, MailNotSetUp } from "~/mail/send";
import { newId } from "~/platform/ids";
import { codeRules } from "./code";
import { codeLanguage } from "./code-texts";

const hour = 3_600_000;

/**
 * Sends six digits to an address that a shopper says is theirs. Nobody is looked up: the answer is the same, and takes as
 * long, whether the shop knows the address or not. A browser's earlier code is void from now on. Throws Invalid, TooMany
 * (by browser, and by mailbox so that nobody's is flooded), and MailNotSetUp.
 */
export async function requestCode(
  ctx: Context<ShopperActor>,
  input: { email: string; locale: string | null },
): Promise<void> {
  const address = normaliseEmail(input.email);
  if (!address) throw new Invalid([{ field: "email", message: "This is not an e-mail address." }]);
  if (!canMail()) throw new MailNotSetUp();
  await change(ctx, async (tx) => {
    const shopId = ctx.shop.id;
    const { visitorId } = ctx.actor;
    const [visitor] = await tx.$queryRaw<{ locale: string | null }[]>`
      SELECT "locale" FROM "visitor" WHERE "shopId" = ${shopId}::uuid AND "id" = ${visitorId}::uuid FOR UPDATE`;
    if (!visitor) throw new NotFound("This session");
    await tx.$executeRaw`SELECT pg_advisory_xact_lock(hashtextextended(${`code ${shopId} ${address}`}, 0))`;
    await refuseMany(tx, ctx, { visitorId }, codeRules.perBrowserAndHour);
    await refuseMany(tx, ctx, { address }, codeRules.perMailboxAndHour);
    const now = ctx.clock.now();
    await tx.emailCode.updateMany({
      where: { shopId, visitorId, usedAt: null, expiresAt: { gt: now } },
      data: { expiresAt: now },
    });
    const { id } = await tx.emailCode.create({
      data: {
        shopId,
        id: newId(now),
        visitorId,
        address,
        locale: codeLanguage(input.locale ?? visitor.locale),
        createdAt: now,
        expiresAt: new Date(now.getTime() + codeRules.seconds * 1000),
      },
      select: { id: true },
    });
    await enqueue(tx, "send-code", { shopId, codeId: id });
  });
}

async function refuseMany(
  tx: Transaction,
  ctx: Context,
  of: { visitorId: string } | { address: string },
  most: number,
): Promise<void> {
  const now = ctx.clock.now().getTime();
  const [oldest] = await tx.emailCode.findMany({
    where: { shopId: ctx.shop.id, ...of, createdAt: { gt: new Date(now - hour) } },
    orderBy: { createdAt: "desc" },
    skip: most - 1,
    take: 1,
    select: { createdAt: true },
  });
  if (oldest) throw new TooMany(Math.ceil((oldest.createdAt.getTime() + hour - now) / 1000));
}
