import type { ImapFlow } from "imapflow";
import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Account } from "~/channels/channel";
import { readProgress } from "~/channels/email/imap/progress";
import { syncFolder } from "~/channels/email/imap/sync-folder";
import type { Database } from "~/db.server";
import { type TestShop, testShop } from "../../../support/context";
import { testDatabase } from "../../../support/database";
import { mailAccount, writeMail } from "../../../support/mail";

let db: Database;
let shop: TestShop;
let account: Account;
let kept: unknown;

beforeAll(async () => {
  db = await testDatabase();
});

beforeEach(async () => {
  shop = await testShop(db);
  account = await mailAccount(shop);
  kept = { since: "2020-01-01T00:00:00Z" };
});

/** A mailbox with these UIDs, where fetching some fails. */
function mailbox(uids: readonly number[], broken: readonly number[]): ImapFlow {
  return {
    mailboxOpen: async () => ({ uidValidity: 7n, uidNext: 100, exists: uids.length }),
    search: async () => [...uids],
    fetchOne: async (uid: string) => {
      if (broken.includes(Number(uid))) throw new Error("the server cannot give this one");
      return { uid: Number(uid), source: Buffer.from(writeMail({ messageId: `${uid}@customer.example` })) };
    },
  } as unknown as ImapFlow;
}

/** One connection's look at the inbox, with the progress as it was kept. */
async function look(client: ImapFlow): Promise<void> {
  const progress = readProgress(kept);
  await syncFolder(shop.base, client, {
    ...{ shopId: account.shopId, accountId: account.id, path: "INBOX", sent: false, progress },
    save: async (changed) => {
      kept = JSON.parse(JSON.stringify(changed));
    },
    isOver: () => false,
  });
}

const arrived = () => db.prisma.inbound.count({ where: { shopId: account.shopId } });

it("what was fetched before a mail that cannot be is kept, and the next look begins there", async () => {
  await expect(look(mailbox([1, 2, 3], [3]))).rejects.toThrow("cannot give");
  expect(await arrived()).toBe(2);
  expect(readProgress(kept).folders["INBOX"]).toMatchObject({ lastUid: 2, failing: { uid: 3, tries: 1 } });
  await look(mailbox([1, 2, 3], []));
  expect(await arrived()).toBe(3);
  expect(readProgress(kept).folders["INBOX"]?.failing).toBeUndefined();
});

it("a mail that can never be fetched is left out after some tries and named, and the others come", async () => {
  const client = mailbox([1, 2, 3], [2]);
  for (let tries = 0; tries < 8; tries += 1) await expect(look(client)).rejects.toThrow("cannot give");
  await look(client);
  expect(await arrived()).toBe(2);
  const { lastError } = await db.prisma.channelAccount.findFirstOrThrow({ where: { id: account.id } });
  expect(lastError).toContain("left out");
});
