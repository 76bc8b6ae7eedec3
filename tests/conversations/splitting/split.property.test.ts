import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import type { Context, ShopperActor, StaffActor } from "~/context";
import { append } from "~/conversations/append";
import { lockForStaff } from "~/conversations/find";
import { note } from "~/conversations/note";
import { staffSeen } from "~/conversations/seen";
import { split } from "~/conversations/splitting/split";
import { unsplit } from "~/conversations/splitting/unsplit";
import type { Database } from "~/db.server";
import { NotFound } from "~/http/errors";
import { newId } from "~/platform/ids";
import { respond, say, startChat } from "../../support/chat";
import { type TestShop, testShop } from "../../support/context";
import { testDatabase } from "../../support/database";

let db: Database;
beforeAll(async () => {
  db = await testDatabase();
});

type Step = { do: "say" | "reply" | "mail" | "note" | "read"; there: boolean };
const step: fc.Arbitrary<Step> = fc.record({
  do: fc.constantFrom("say" as const, "reply" as const, "mail" as const, "note" as const, "read" as const),
  there: fc.boolean(),
});

/** A chat in which somebody else mails as well. What is written is its own label. */
class World {
  private written = 0;
  private constructor(
    private readonly shop: TestShop,
    private readonly staff: Context<StaffActor>,
    private readonly shopper: Context<ShopperActor>,
    private readonly otherId: string,
    readonly id: string,
  ) {}

  static async make(): Promise<World> {
    const shop = await testShop(db);
    const staff = await shop.staff("Anna Berg");
    const chat = await startChat(shop, "first");
    const otherId = newId();
    const at = shop.clock.now();
    await db.prisma.customer.create({
      data: { shopId: staff.shop.id, id: otherId, name: "Other", createdAt: at, updatedAt: at },
    });
    return new World(shop, staff, chat.shopper, otherId, chat.id);
  }

  async take({ do: what }: Step, conversationId: string): Promise<void> {
    this.shop.clock.advance(1_000);
    const text = `${what} ${this.written++}`;
    // A browser reaches the chat, wherever that is now.
    if (what === "say") await say(this.shopper, conversationId, text).catch(() => say(this.shopper, this.id, text));
    if (what === "reply")
      await respond(this.staff, conversationId, text).catch(() => respond(this.staff, this.id, text));
    if (what === "note") await note(this.staff, { conversationId, text, clientKey: newId() });
    if (what === "read") await staffSeen(this.staff, { conversationId, position: 1_000 });
    if (what === "mail") await this.mail(conversationId, text);
  }

  private mail(conversationId: string, text: string): Promise<unknown> {
    return db.prisma.$transaction(async (tx) =>
      append(tx, this.staff, await lockForStaff(tx, this.staff, conversationId), {
        ...{ author: "shopper", customerId: this.otherId, channel: "email", text, clientKey: newId(), files: 0 },
      }),
    );
  }

  async cut(at: number, only: boolean): Promise<string | null> {
    this.shop.clock.advance(1_000);
    const where = { shopId: this.staff.shop.id, conversationId: this.id, author: "shopper" };
    const messages = await db.prisma.message.findMany({ where, orderBy: { position: "asc" } });
    const messageId = messages[at % messages.length]?.id ?? "";
    const asked = { conversationId: this.id, messageId, only, clientKey: newId() };
    return split(this.staff, asked).then(
      ({ conversationId }) => conversationId,
      (problem) => (problem.code === "nothing-left" ? null : Promise.reject(problem)),
    );
  }

  async mend(into: string): Promise<void> {
    this.shop.clock.advance(1_000);
    expect(await unsplit(this.staff, into)).toEqual({ conversationId: this.id });
    await expect(
      split(this.staff, { conversationId: into, messageId: newId(), only: true, clientKey: newId() }),
    ).rejects.toThrow(NotFound);
  }

  wait(): void {
    this.shop.clock.advance(1_000);
  }

  /** All that is kept, but for what says that there was a split, and the places of what came after it. */
  async kept(placed: number): Promise<unknown> {
    const shopId = this.staff.shop.id;
    const messages = await db.prisma.message.findMany({ where: { shopId }, orderBy: { id: "asc" } });
    const notes = await db.prisma.note.findMany({ where: { shopId }, orderBy: { id: "asc" } });
    const texts = new Map([...messages, ...notes].map((one) => [one.id, one.text]));
    const names = new Map([
      [this.id, "conversation"],
      [this.otherId, "other"],
      [this.shopper.actor.visitorId, "visitor"],
      [this.staff.actor.id, "anna"],
    ]);
    const named = (id: string | null) => (id === null ? null : (names.get(id) ?? "somebody"));
    const of = (row: (typeof messages)[number] | (typeof notes)[number]) => ({
      text: row.text,
      place: row.position <= placed ? row.position : "later",
      conversation: named(row.conversationId),
      ...("customerId" in row
        ? { by: named(row.customerId), channel: row.channel, browser: named(row.visitorId) }
        : {}),
    });
    const story = await db.prisma.timelineEntry.findMany({
      where: { shopId, kind: { in: ["message.received", "message.sent", "note.added", "conversation.opened"] } },
    });
    const conversations = await db.prisma.conversation.findMany({ where: { shopId } });
    return {
      messages: messages.map(of),
      notes: notes.map(of),
      story: story.map((one) => `${texts.get(one.id) ?? one.kind} ${named(one.ref)} ${named(one.subjectId)}`).sort(),
      conversations: conversations.map(
        ({ shopId: _, position: __, id, customerId, visitorId, assigneeId, ...rest }) => ({
          ...{ ...rest, id: named(id), customerId: named(customerId) },
          ...{ visitorId: named(visitorId), assigneeId: named(assigneeId) },
        }),
      ),
    };
  }

  /** Up to where Anna has read, and the last place. */
  async read(): Promise<{ read: number; last: number }> {
    const shopId = this.staff.shop.id;
    const row = await db.prisma.conversationRead.findFirst({ where: { shopId, conversationId: this.id } });
    const last = await db.prisma.message.aggregate({ where: { shopId }, _max: { position: true } });
    return { read: row?.position ?? 0, last: last._max.position ?? 0 };
  }
}

it("splitting and undoing it is as if it never was, whatever came in between", async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(step, { minLength: 1, maxLength: 8 }),
      fc.nat(8),
      fc.boolean(),
      fc.array(step, { maxLength: 6 }),
      async (before, at, only, between) => {
        const worlds = [await World.make(), await World.make()] as const;
        for (const world of worlds) for (const one of before) await world.take(one, world.id);
        const [cut, whole] = worlds;
        const placed = (await whole.read()).last;
        const into = await cut.cut(at, only);
        if (into === null) return;
        whole.wait();
        for (const one of between) {
          await cut.take(one, one.there ? into : cut.id);
          await whole.take(one, whole.id);
        }
        await cut.mend(into);
        expect(await cut.kept(placed)).toEqual(await whole.kept(placed));
        // Who reads or answers in one part has not seen what comes into the other.
        if (between.some((one) => one.do === "read" || one.do === "reply")) return;
        expect((await cut.read()).read).toBe((await whole.read()).read);
      },
    ),
    { numRuns: 12, interruptAfterTimeLimit: 40_000 },
  );
}, 60_000);
