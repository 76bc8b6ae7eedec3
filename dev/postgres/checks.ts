import { execFileSync } from "node:child_process";
import { statfsSync } from "node:fs";
import { createServer } from "node:net";
import { type Account, ownerOf } from "./account";
import { fullDisk, SPACE_NEEDED, StartFailure, takenPort } from "./failure";

/** @throws StartFailure `full-disk` */
export function requireSpace(folder: string): void {
  const disk = statfsSync(folder);
  if (disk.bavail * disk.bsize < SPACE_NEEDED) throw fullDisk(folder);
}

/** PostgreSQL demands that the data belongs to whom it runs as; root can see to that. @throws StartFailure `not-yours` */
export function requireOwner(data: string, account: Account): void {
  const owner = ownerOf(data);
  const wanted = account.uid ?? process.getuid?.();
  if (!owner || wanted === undefined || owner.uid === wanted) return;
  if (process.getuid?.() === 0 && account.gid !== undefined) {
    execFileSync("chown", ["-R", `${wanted}:${account.gid}`, data]);
    return;
  }
  throw new StartFailure(
    "not-yours",
    `The data folder ${data} belongs to another user: start as that user, or start over with --reset as one who may delete it.`,
  );
}

/** The port itself, or a free one for 0. @throws StartFailure `taken-port`. */
export function freePort(port: number): Promise<number> {
  return new Promise((done, fail) => {
    const probe = createServer();
    probe.once("error", (error) => fail(takenPort(port, error)));
    probe.listen({ port, host: "127.0.0.1", exclusive: true }, () => {
      const address = probe.address();
      probe.close(() => done(typeof address === "object" && address ? address.port : port));
    });
  });
}
