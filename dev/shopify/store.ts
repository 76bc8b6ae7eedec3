import { mkdirSync } from "node:fs";
import { dirname } from "node:path";
import { DatabaseSync, type StatementSync } from "node:sqlite";
import type { RecordKind, RecordKinds } from "./records";

/**
 * The local Shopify's memory: documents by shop, kind and key. Everything is read from memory
 * and written through to SQLite before the call returns, so that what was acknowledged survives
 * `kill -9`. One process owns the file.
 */
export class Store {
  private readonly documents = new Map<string, Map<string, unknown>>();
  private readonly database: DatabaseSync;
  private readonly put: StatementSync;
  private readonly remove: StatementSync;
  private readonly bump: StatementSync;
  private depth = 0;

  /** Opens the file (`:memory:` for tests), making its folder; throws when the file is damaged. */
  constructor(readonly file: string) {
    if (file !== ":memory:") mkdirSync(dirname(file), { recursive: true });
    this.database = new DatabaseSync(file);
    this.database.exec(`
      PRAGMA journal_mode = WAL;
      PRAGMA synchronous = FULL;
      CREATE TABLE IF NOT EXISTS document (
        shop TEXT NOT NULL, kind TEXT NOT NULL, key TEXT NOT NULL, body TEXT NOT NULL,
        PRIMARY KEY (shop, kind, key)
      ) WITHOUT ROWID;
      CREATE TABLE IF NOT EXISTS counter (shop TEXT NOT NULL, name TEXT NOT NULL, value INTEGER NOT NULL, PRIMARY KEY (shop, name));
    `);
    this.put = this.database.prepare("INSERT OR REPLACE INTO document (shop, kind, key, body) VALUES (?, ?, ?, ?)");
    this.remove = this.database.prepare("DELETE FROM document WHERE shop = ? AND kind = ? AND key = ?");
    this.bump = this.database.prepare(
      "INSERT INTO counter (shop, name, value) VALUES (?, ?, ?) ON CONFLICT (shop, name) DO UPDATE SET value = value + 1 RETURNING value",
    );
    for (const row of this.database.prepare("SELECT shop, kind, key, body FROM document").iterate()) {
      this.collection(String(row["shop"]), String(row["kind"])).set(
        String(row["key"]),
        JSON.parse(String(row["body"])),
      );
    }
  }

  /** The records of one shop. Every read and write goes through it, so shops cannot mix. */
  shop(domain: string): ShopStore {
    return new ShopStore(this, domain);
  }

  /** The domains of all shops. */
  domains(): string[] {
    const found = new Set<string>();
    for (const name of this.documents.keys()) if (name.endsWith("\nshop")) found.add(name.slice(0, -"\nshop".length));
    return [...found].sort();
  }

  /** Runs `work` (synchronous) as one unit: all of it is on disk when it returns, or none of it is. */
  transaction<Result>(work: () => Result): Result {
    if (this.depth > 0) return work();
    const undo: (() => void)[] = [];
    this.undo = undo;
    this.depth = 1;
    this.database.exec("BEGIN IMMEDIATE");
    try {
      const result = work();
      this.database.exec("COMMIT");
      return result;
    } catch (error) {
      this.database.exec("ROLLBACK");
      for (const step of undo.reverse()) step();
      throw error;
    } finally {
      this.depth = 0;
      this.undo = null;
    }
  }
  private undo: (() => void)[] | null = null;

  close(): void {
    this.database.close();
  }

  /** @internal */
  collection(shop: string, kind: string): Map<string, unknown> {
    const name = `${shop}\n${kind}`;
    const found = this.documents.get(name) ?? new Map<string, unknown>();
    this.documents.set(name, found);
    return found;
  }

  /** @internal */
  write(shop: string, kind: string, key: string, body: unknown): void {
    const documents = this.collection(shop, kind);
    const before = documents.get(key);
    this.put.run(shop, kind, key, JSON.stringify(body));
    documents.set(key, structuredClone(body));
    this.undo?.push(() => (before === undefined ? documents.delete(key) : documents.set(key, before)));
  }

  /** @internal */
  erase(shop: string, kind: string, key: string): void {
    const documents = this.collection(shop, kind);
    const before = documents.get(key);
    this.remove.run(shop, kind, key);
    documents.delete(key);
    this.undo?.push(() => before !== undefined && documents.set(key, before));
  }

  /** @internal */
  next(shop: string, name: string, start: number): number {
    const row = this.bump.get(shop, name, start);
    return Number(row?.["value"]);
  }
}

export class ShopStore {
  constructor(
    private readonly store: Store,
    readonly domain: string,
  ) {}

  /** A copy of the record, or null. Changing the copy changes nothing until `put`. */
  get<Kind extends RecordKind>(kind: Kind, key: string | number): RecordKinds[Kind] | null {
    const found = this.store.collection(this.domain, kind).get(String(key));
    return found === undefined ? null : (structuredClone(found) as RecordKinds[Kind]);
  }

  /** Every record of the kind, in the order first written. Read-only: these are not copies. */
  all<Kind extends RecordKind>(kind: Kind): readonly Readonly<RecordKinds[Kind]>[] {
    return [...this.store.collection(this.domain, kind).values()] as RecordKinds[Kind][];
  }

  put<Kind extends RecordKind>(kind: Kind, key: string | number, record: RecordKinds[Kind]): void {
    this.store.write(this.domain, kind, String(key), record);
  }

  delete(kind: RecordKind, key: string | number): void {
    this.store.erase(this.domain, kind, String(key));
  }

  /** The next value of a counter of this shop; the first is `start`. */
  next(name: string, start = 1): number {
    return this.store.next(this.domain, name, start);
  }

  /** A new id for a record, far from other shops' so that a mix-up shows. */
  newId(kind: string): number {
    const seed = [...this.domain].reduce((sum, char) => (sum * 31 + char.charCodeAt(0)) % 9000, 7);
    return this.next(`id:${kind}`, (seed + 1000) * 100_000_000 + 1);
  }

  /** The shop's own record; throws when there is no such shop. */
  settings(): ShopRecordOf {
    const found = this.get("shop", "shop");
    if (!found) throw new Error(`the local Shopify has no shop ${this.domain}`);
    return found;
  }

  transaction<Result>(work: () => Result): Result {
    return this.store.transaction(work);
  }
}

type ShopRecordOf = RecordKinds["shop"];
