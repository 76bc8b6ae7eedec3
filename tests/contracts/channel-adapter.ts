import { afterAll, beforeAll, beforeEach, describe, expect, test } from "vitest";
import { upload } from "~/attachments/upload";
import type { Account } from "~/channels/channel";
import { connect } from "~/settings/channels/connect";
import { disconnect } from "~/settings/channels/disconnect";
import { pause } from "~/settings/channels/pause";
import type { Contract } from "./contract";
import { type Captured, type ContractStage, setContractStage } from "./stage";

/** A picture of one pixel. */
export const pixel = Buffer.from(
  "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==",
  "base64",
);

/**
 * Holds a channel to what every channel promises: over its real door, through the database, to the far end and back. A
 * stand-in plays the provider; what is not the provider's fault must not show, and what is must show in words.
 */
export function describeAdapter(contract: Contract): void {
  describe(`the channel ${contract.kind}`, () => {
    let stage: ContractStage;
    let account: Account;
    let second: Account;
    let theirs: Account;
    /** Everyone writes from a phone of their own in each test, so that tests do not meet. */
    let person = 10;

    beforeAll(async () => {
      stage = await setContractStage(contract);
      account = await stage.connect(0);
      second = await stage.connect(1);
      theirs = await stage.connect(2, stage.stranger);
    });
    afterAll(() => stage?.close());
    beforeEach(() => {
      person += 1;
      // Ids are made of the time, and the last message is the one with the last id.
      stage.clock.advance(1_000);
      stage.captured.length = 0;
      stage.local.trouble(contract.provider).clear();
    });

    const trouble = (change: object) => stage.local.trouble(contract.provider).set(change);
    const write = (text: string, more: object = {}, to = account) =>
      contract.write(stage.local, to, { person, text, ...more });
    const received = async () => (await contract.received(stage.local, account, person)).map(({ text }) => text);
    const texts = async (of = account) => (await stage.messages(of)).map(({ text }) => text);
    const sign = (to: Account, body: Uint8Array) => contract.sign(to, body, stage.clock.now());
    const last = (): Captured => {
      const found = stage.captured.at(-1);
      if (!found) throw new Error("the far end sent no webhook");
      return found;
    };
    /** Somebody has written, so that they can be answered. */
    const begin = async (): Promise<void> => {
      await write(`hello from ${person}`);
      await stage.work();
    };
    const isRefused = (answer: Response) => expect([400, 401, 403]).toContain(answer.status);

    describe("verification", () => {
      test("a message signed by the provider becomes a message in the Inbox, once", async () => {
        const id = await write("Does the jacket run small?");
        await stage.work();
        const found = (await stage.messages(account)).filter((one) => one.externalId === id);
        expect(found).toMatchObject([{ text: "Does the jacket run small?", author: "shopper" }]);
      });

      test("without a signature, with a wrong one or changed on the way, nothing is kept", async () => {
        await write("a true message");
        await stage.local.settled();
        const good = last();
        const before = await stage.inbound(account);
        const without = good.headers.filter(([name]) => name.toLowerCase() !== contract.signature.toLowerCase());
        isRefused(await stage.knock({ ...good, headers: without }));
        const signature =
          good.headers.find(([name]) => name.toLowerCase() === contract.signature.toLowerCase())?.[1] ?? "";
        for (const wrong of ["", "x", `${signature}x`, signature.slice(0, -4), flipped(signature)]) {
          isRefused(await stage.knock({ ...good, headers: [...without, [contract.signature, wrong]] }));
        }
        isRefused(await stage.knock({ ...good, body: Buffer.concat([good.body, Buffer.from("&x=1")]) }));
        expect(await stage.inbound(account)).toEqual(before);
      });

      test("signed for another account, it does not come in here", async () => {
        await write("for the second account", {}, second);
        await stage.local.settled();
        const other = last();
        const mine = sign(account, other.body);
        const before = await stage.inbound(account);
        await stage.knock({ ...other, url: mine.url });
        // Signed right, but of another account all the same.
        if (!contract.ownIds) await stage.knock(mine);
        await stage.work();
        expect((await stage.inbound(account)).length).toBeLessThanOrEqual(before.length + 1);
        expect(await texts()).not.toContain("for the second account");
        expect(await texts(second)).toEqual(expect.arrayContaining(["for the second account"]));
      });

      test("another shop's account takes nothing of this one", async () => {
        await write("of this shop");
        await stage.local.settled();
        await stage.knock({ ...last(), url: sign(theirs, last().body).url });
        await stage.work();
        expect(await texts(theirs)).toEqual([]);
        expect(await stage.inbound(theirs)).toEqual([]);
      });
    });

    describe("what comes in", () => {
      test("twice, at once and long after, is there once", async () => {
        trouble({ duplicate: 1 });
        const id = await write("only once");
        await stage.work();
        await stage.knock(last());
        await Promise.all([stage.knock(last()), stage.knock(last())]);
        await stage.work();
        expect((await stage.messages(account)).filter((one) => one.externalId === id)).toHaveLength(1);
      });

      test("in the wrong order, is there all the same, in one conversation", async () => {
        trouble({ hold: true, reverse: true });
        for (const text of ["one", "two", "three"]) await write(`${text} of ${person}`);
        trouble({ hold: false });
        await stage.work();
        const found = (await stage.messages(account)).filter((one) => one.text.endsWith(` of ${person}`));
        expect(found.map(({ text }) => text).sort()).toEqual([
          `one of ${person}`,
          `three of ${person}`,
          `two of ${person}`,
        ]);
        expect(new Set(found.map((one) => one.conversationId)).size).toBe(1);
      });

      test("of two people, makes two conversations", async () => {
        await write("the first person");
        person += 1;
        await write("the second person");
        await stage.work();
        const found = (await stage.messages(account)).filter(({ text }) => /^the (first|second) person$/.test(text));
        expect(new Set(found.map((one) => one.conversationId)).size).toBe(2);
      });

      test("with an empty id, is never taken for another that has none", async () => {
        await stage.knock(sign(account, Buffer.from(contract.emptyId(account))));
        await stage.knock(sign(account, Buffer.from(`${contract.emptyId(account)} `)));
        await stage.work();
        expect((await stage.messages(account)).filter((one) => one.externalId === "")).toEqual([]);
        await isStillWell();
      });

      test("larger than a provider sends, is refused before it is read", async () => {
        const before = await stage.inbound(account);
        const answer = await stage.knock(sign(account, Buffer.alloc(contract.tooLarge, 97)));
        expect(answer.status).toBe(413);
        expect(await stage.inbound(account)).toEqual(before);
      });

      test("that nobody can make sense of, harms nothing, and what waits behind it comes through", async () => {
        for (const body of Object.values(contract.strange)) {
          const answer = await stage.knock(sign(account, Buffer.from(body(account))));
          expect(answer.status).toBeLessThan(500);
        }
        await stage.work();
        expect((await stage.inbound(account)).filter(({ state }) => state === "waiting")).toEqual([]);
        for (const { problem } of await stage.inbound(account))
          expect(problem ?? "").not.toContain("could not be taken in");
        await isStillWell();
      });

      where(contract.unknownKind)("of a kind that is new, is shown as such", async () => {
        const body = contract.unknownKind?.(account) ?? "";
        await stage.knock(sign(account, Buffer.from(body)));
        await stage.work();
        const found = await stage.messages(account);
        expect(
          found.filter(({ content }) => typeof (content as { unsupported?: unknown })?.unsupported === "string"),
        ).not.toEqual([]);
      });

      where(contract.replies)("as an answer to a message, names it", async () => {
        const first = await write("the question");
        await stage.work();
        await write("the answer to it", { replyTo: first });
        await stage.work();
        const all = await stage.messages(account);
        const question = all.find((one) => one.externalId === first);
        expect(all.find(({ text }) => text === "the answer to it")?.replyToId).toBe(question?.id);
      });

      where(contract.files)("with a file, has its bytes", async () => {
        const id = await write("see this", { files: [{ name: "scratch.png", type: "image/png", bytes: pixel }] });
        await stage.work();
        const found = (await stage.messages(account)).find((one) => one.externalId === id);
        expect(found?.attachments).toMatchObject([{ state: "there", mediaType: "image/png" }]);
      });

      const isStillWell = async (): Promise<void> => {
        person += 1;
        await write(`still well ${person}`);
        await stage.work();
        expect(await texts()).toContain(`still well ${person}`);
      };
    });

    describe("what goes out", () => {
      // First, while the clock of the tests and that of the machine are still the same.
      test("waits as long as the provider asks for", async () => {
        await begin();
        trouble({ fail: { times: 1, status: 429, retryAfterSeconds: 300 }, only: contract.sends });
        const asked = Date.now();
        const id = await stage.answer(account, "slowly");
        await stage.work();
        const { state, notBefore } = await stage.delivery(id);
        expect(state).toBe("queued");
        expect(notBefore?.getTime() ?? 0).toBeGreaterThanOrEqual(asked + 299_000);
        await stage.later(200);
        expect(await received()).toEqual([]);
        await stage.later(120);
        expect(await received()).toEqual(["slowly"]);
      });

      test("arrives once, in the order it was written, and says that it was sent", async () => {
        await begin();
        const ids: string[] = [];
        for (const text of ["first", "second", "third"]) {
          ids.push(await stage.answer(account, text));
          stage.clock.advance(10);
        }
        await stage.work();
        expect(await received()).toEqual(["first", "second", "third"]);
        for (const id of ids) expect(["sent", "delivered", "read"]).toContain((await stage.delivery(id)).state);
      });

      test("waits while the provider is down, and then arrives once", async () => {
        await begin();
        trouble({ fail: { times: 2, status: 503, retryAfterSeconds: null }, only: contract.sends });
        const id = await stage.answer(account, "in spite of it");
        await stage.work();
        expect(await stage.delivery(id)).toMatchObject({ state: "queued", error: expect.stringMatching(/\w+/) });
        await stage.later(10);
        await stage.later(60);
        expect(await received()).toEqual(["in spite of it"]);
        expect(["sent", "delivered", "read"]).toContain((await stage.delivery(id)).state);
      });

      test("is never sent twice when the line breaks after it was taken", async () => {
        await begin();
        trouble({ breakAfter: 1, only: contract.sends });
        const id = await stage.answer(account, "taken in silence");
        await stage.work();
        for (const seconds of [10, 40, 200]) await stage.later(seconds);
        expect(await received()).toEqual(["taken in silence"]);
        const { state, error } = await stage.delivery(id);
        if (contract.findable) expect(["sent", "delivered", "read"]).toContain(state);
        else expect([state, error]).toEqual(["unclear", expect.stringContaining("may or may not")]);
      });

      test("is sent once when the line breaks before it was taken, or is left to staff", async () => {
        await begin();
        trouble({ breakBefore: 1, only: contract.sends });
        const id = await stage.answer(account, "lost on the way");
        await stage.work();
        for (const seconds of [10, 40, 200]) await stage.later(seconds);
        if (contract.findable === true) expect(await received()).toEqual(["lost on the way"]);
        else expect([await received(), (await stage.delivery(id)).state]).toEqual([[], "unclear"]);
      });

      test("and is told apart from the same words a moment before", async () => {
        await begin();
        await stage.answer(account, "Yes");
        await stage.work();
        stage.clock.advance(5_000);
        trouble({ breakAfter: 1, only: contract.sends });
        await stage.answer(account, "Yes");
        await stage.work();
        for (const seconds of [10, 40, 200]) await stage.later(seconds);
        expect(await received()).toEqual(["Yes", "Yes"]);
      });

      test("too long, is refused where it is written, or goes in several messages", async () => {
        await begin();
        const text = "long ".repeat(Math.ceil(contract.tooLong / 5) + 1);
        const outcome = await stage.answer(account, text).catch((error: Error) => error.message);
        await stage.work();
        const state = await stage.delivery(outcome).catch(() => null);
        if (!state) expect(outcome).toMatch(/too long/i);
        else if (state.state === "failed") expect(state.error).toMatch(/long/i);
        else expect((await received()).join(" ").replace(/\s+/g, " ").trim()).toBe(text.trim());
      });

      where(contract.refuse)("and is refused for good, says so in words and is not tried again", async () => {
        await begin();
        const words = (await contract.refuse?.(stage.local, account, person)) ?? /./;
        const id = await stage.answer(account, "to nobody");
        await stage.work();
        expect(await stage.delivery(id)).toMatchObject({
          state: "failed",
          attempts: 1,
          error: expect.stringMatching(words),
        });
        await stage.later(3_600);
        expect(await received()).toEqual([]);
      });

      where(contract.files)("with a file, arrives with it", async () => {
        await begin();
        const file = await upload(stage.staff, { name: "size-chart.png", content: pixel });
        const id = await stage.answer(account, "The sizes", [file.id]);
        await stage.work();
        expect((await stage.delivery(id)).state).not.toBe("failed");
        const got = await contract.received(stage.local, account, person);
        expect(got.reduce((sum, one) => sum + one.files, 0)).toBe(1);
        expect(got.map(({ text }) => text).join("")).toContain("The sizes");
      });

      where(contract.receipt)("goes up with what the provider tells, and never back down", async () => {
        await begin();
        const id = await stage.answer(account, "how far?");
        await stage.work();
        const [got] = await contract.received(stage.local, account, person);
        const tell = async (state: "sent" | "delivered" | "read" | "failed") => {
          await contract.receipt?.(stage.local, account, { id: got?.id ?? "", person }, state);
          await stage.work();
          return (await stage.delivery(id)).state;
        };
        expect(await tell("delivered")).toBe("delivered");
        expect(await tell("sent")).toBe("delivered");
        expect(await tell("failed")).toBe("delivered");
        const top = await tell("read");
        expect(["delivered", "read"]).toContain(top);
        expect(await tell("delivered")).toBe(top);
      });
    });

    describe("an account", () => {
      test("that is connected in one shop, is not connected in another", async () => {
        const values = await contract.account(stage.local, 0);
        const again = connect(stage.stranger, { kind: contract.kind, values, accountId: null });
        const outcome = await again.then(
          async ({ accountId }) =>
            (await stage.app.db.prisma.channelAccount.findFirst({ where: { id: accountId } }))?.externalId,
          (error: Error) => error.message,
        );
        if (outcome !== undefined && !/connected in another store/.test(outcome))
          expect(outcome).not.toBe(account.externalId);
      });

      test("that is paused, takes in what comes, and sends nothing", async () => {
        await begin();
        await pause(stage.staff, { accountId: account.id, paused: true });
        await write("while it is paused");
        await stage.work();
        expect(await texts()).toContain("while it is paused");
        await expect(stage.answer(account, "not now")).rejects.toThrow(/paused/);
        await pause(stage.staff, { accountId: account.id, paused: false });
        await stage.answer(account, "again");
        await stage.work();
        expect(await received()).toEqual(["again"]);
      });

      test("that is disconnected, keeps nothing and sends nothing", async () => {
        await write("before the end", {}, second);
        await stage.work();
        const late = last();
        await disconnect(stage.staff, second.id);
        const before = await stage.inbound(second);
        await stage.knock(sign(second, Buffer.from(late.body)));
        await stage.work();
        expect(await stage.inbound(second)).toEqual(before);
        await expect(stage.answer(second, "too late")).rejects.toThrow(/disconnected/);
      });

      where(!contract.ownIds)("is connected again with its history, when it is the same", async () => {
        const again = await stage.connect(1);
        expect(again.externalId).toBe(second.externalId);
        await write("back again", {}, again);
        await stage.work();
        expect(await texts(again)).toContain("back again");
      });
    });
  });
}

/** A test of what the channel has. What it does not have is no test, rather than one that was skipped. */
function where(has: unknown): (name: string, run: () => Promise<void>) => void {
  return (name, run) => {
    if (has) test(name, run);
  };
}

/** Another signature of the same length. */
function flipped(signature: string): string {
  const at = Math.floor(signature.length / 2);
  const other = signature[at] === "a" ? "b" : "a";
  return signature.slice(0, at) + other + signature.slice(at + 1);
}
