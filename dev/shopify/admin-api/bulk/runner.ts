import { once } from "node:events";
import { createWriteStream, rmSync } from "node:fs";
import { setTimeout as pause, setImmediate } from "node:timers/promises";
import { loadAdminSchema } from "../../schema/load";
import type { ShopStore } from "../../store";
import { bulkOperationPayload } from "../../webhooks/payloads/bulk-operation";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";
import type { AdminContext, Types } from "../engine/context";
import { BulkFailure, readInBulk } from "./execute";
import type { BulkOperationRecord } from "./record";
import { filePath, newFileKey, removeBulkFolder } from "./storage";
import { bulkTrouble } from "./trouble";
import { validateBulkQuery } from "./validate";

const WEEK = 7 * 86_400_000;

interface Progress {
  objects: number;
  roots: number;
}

const runners = new WeakMap<World, BulkRunner>();

/** The runner of this local Shopify; the first who asks brings the types. */
export function bulkRunner(world: World, types?: Types): BulkRunner {
  const known = runners.get(world);
  if (known) return known;
  if (!types) throw new Error("bulk operations are asked for before the Admin API was made");
  const runner = new BulkRunner(world, types);
  runners.set(world, runner);
  return runner;
}

/** Runs bulk operations, each into a file, batch by batch; what was under way when the process ended begins anew. */
export class BulkRunner {
  private readonly underway = new Map<string, { progress: Progress; done: Promise<void> }>();
  private stopped = false;

  constructor(
    private readonly world: World,
    readonly types: Types,
  ) {
    for (const domain of world.store.domains()) {
      for (const operation of world.store.shop(domain).all("bulkOperation")) {
        if (["CREATED", "RUNNING", "CANCELING"].includes(operation.status)) this.start(domain, operation.id);
      }
    }
  }

  /** Runs a stored operation in the background. */
  start(domain: string, id: number): void {
    const progress = { objects: 0, roots: 0 };
    const name = `${domain}/${id}`;
    const done = this.run(this.world.store.shop(domain), id, progress).finally(() => this.underway.delete(name));
    this.underway.set(name, { progress, done });
  }

  /** How far it is, while it runs. */
  progress(domain: string, id: number): Progress | null {
    return this.underway.get(`${domain}/${id}`)?.progress ?? null;
  }

  /** Ends when every operation that was started has ended. */
  async settled(): Promise<void> {
    while (this.underway.size > 0) await Promise.all([...this.underway.values()].map(({ done }) => done));
  }

  /** What is under way stays as it is in the records, for the next start. */
  async stop(): Promise<void> {
    this.stopped = true;
    await this.settled();
    removeBulkFolder(this.world);
  }

  private async run(shop: ShopStore, id: number, progress: Progress): Promise<void> {
    await setImmediate();
    const fileKey = newFileKey();
    const operation = this.stopped ? null : shop.get("bulkOperation", id);
    if (!operation) return;
    if (operation.status !== "CANCELING") shop.put("bulkOperation", id, { ...operation, status: "RUNNING", fileKey });
    this.forgetOld(shop);
    const ended = await this.write(shop, operation, fileKey, progress).then(
      (outcome) => outcome,
      (error: unknown): Ended => ({
        status: "FAILED",
        errorCode: error instanceof BulkFailure ? error.code : "INTERNAL_SERVER_ERROR",
        bytes: error instanceof PartlyWritten ? error.bytes : 0,
      }),
    );
    if (ended && !this.stopped) this.end(shop, id, ended, progress);
  }

  private async write(
    shop: ShopStore,
    operation: BulkOperationRecord,
    fileKey: string,
    progress: Progress,
  ): Promise<Ended | null> {
    const file = createWriteStream(filePath(this.world, fileKey));
    const put = async (text: string) => {
      if (!file.write(text)) await once(file, "drain");
    };
    const close = async () => {
      file.end();
      await once(file, "close");
      return file.bytesWritten;
    };
    try {
      const context = await this.contextOf(shop, operation);
      const checked = validateBulkQuery(context.admin.schema, operation.query);
      if (!("plan" in checked)) throw new BulkFailure("INTERNAL_SERVER_ERROR", checked.messages.join(" "));
      for await (const batch of readInBulk(this.types, context, checked.plan, operation.groupObjects)) {
        await pause(bulkTrouble(this.world).pause);
        if (this.stopped) return await close().then(() => null);
        if (shop.get("bulkOperation", operation.id)?.status === "CANCELING") {
          await close();
          return { status: "CANCELED", errorCode: null, bytes: 0 };
        }
        const { failHalfWay, malformedEvery } = bulkTrouble(this.world);
        for (const line of batch.lines) {
          progress.objects += 1;
          const text = JSON.stringify(line);
          const spoiled = malformedEvery > 0 && progress.objects % malformedEvery === 0;
          await put(`${spoiled ? text.slice(0, Math.ceil(text.length / 2)) : text}\n`);
        }
        progress.roots += batch.roots;
        if (failHalfWay && progress.roots * 2 >= batch.ofRoots) {
          throw new BulkFailure("INTERNAL_SERVER_ERROR", "failed on demand");
        }
      }
    } catch (error) {
      const code = error instanceof BulkFailure ? error.code : "INTERNAL_SERVER_ERROR";
      // Shopify does not say why; whoever works on the local one wants to know.
      if (code !== "ACCESS_DENIED") process.emitWarning(`bulk operation ${operation.id}: ${(error as Error).message}`);
      throw new PartlyWritten(code, (error as Error).message, await close());
    }
    return { status: "COMPLETED", errorCode: null, bytes: await close() };
  }

  private async contextOf(shop: ShopStore, operation: BulkOperationRecord): Promise<AdminContext> {
    const { world } = this;
    const token = {
      accessToken: "",
      clientId: world.app.clientId,
      kind: "offline" as const,
      staffId: null,
      scopes: operation.scopes,
      expiresAt: null,
      refreshToken: null,
      refreshTokenExpiresAt: null,
      revoked: false,
    };
    const admin = await loadAdminSchema();
    return { world, shop, settings: shop.settings(), token, admin, now: world.clock() };
  }

  private end(shop: ShopStore, id: number, ended: Ended, progress: Progress): void {
    shop.transaction(() => {
      const operation = shop.get("bulkOperation", id);
      if (!operation) return;
      const now = this.world.clock();
      const finished: BulkOperationRecord = {
        ...operation,
        status: ended.status,
        errorCode: ended.errorCode,
        objectCount: progress.objects,
        rootObjectCount: progress.roots,
        fileSize: ended.status === "CANCELED" ? null : ended.bytes,
        completedAt: ended.status === "COMPLETED" ? now.toISOString() : null,
        fileExpiresAt: new Date(now.getTime() + WEEK).toISOString(),
      };
      shop.put("bulkOperation", id, finished);
      publish(this.world, shop, "bulk_operations/finish", bulkOperationPayload(finished));
    });
  }

  private forgetOld(shop: ShopStore): void {
    const now = this.world.clock().getTime();
    for (const { fileKey, fileExpiresAt } of shop.all("bulkOperation")) {
      const isOver = fileExpiresAt !== null && Date.parse(fileExpiresAt) < now;
      if (fileKey && isOver) rmSync(filePath(this.world, fileKey), { force: true });
    }
  }
}

interface Ended {
  status: "COMPLETED" | "CANCELED" | "FAILED";
  errorCode: BulkOperationRecord["errorCode"];
  bytes: number;
}

/** A failure, with what had been written when it came. */
class PartlyWritten extends BulkFailure {
  constructor(
    code: NonNullable<BulkOperationRecord["errorCode"]>,
    message: string,
    readonly bytes: number,
  ) {
    super(code, message);
  }
}
