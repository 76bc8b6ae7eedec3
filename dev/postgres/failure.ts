export type FailureKind =
  | "taken-port"
  | "damaged-folder"
  | "full-disk"
  | "second-copy"
  | "not-yours"
  | "no-binary"
  | "no-schema"
  | "unusable-server";

/** A start that failed for a reason the person at the terminal can act on. */
export class StartFailure extends Error {
  override readonly name = "StartFailure";

  /** @param sentence one clear sentence that says what is wrong and what to do about it. */
  constructor(
    readonly kind: FailureKind,
    readonly sentence: string,
    options?: { cause?: unknown },
  ) {
    super(sentence, options);
  }
}

/** Free space below which a start is refused, in bytes: a new cluster takes 40 MB and its log another 32. */
export const SPACE_NEEDED = 120 * 1024 * 1024;

/** The sentence for a disk without room; `folder` is the one that could not grow. */
export function fullDisk(folder: string, cause?: unknown): StartFailure {
  return new StartFailure(
    "full-disk",
    `The disk that holds ${folder} is full: free some space (about ${SPACE_NEEDED / 1024 / 1024} MB) and start again.`,
    { cause },
  );
}

/** The sentence for a port that another program listens on. */
export function takenPort(port: number, cause?: unknown): StartFailure {
  return new StartFailure(
    "taken-port",
    `Port ${port} on 127.0.0.1 is taken by another program: stop that program or choose other ports with --port.`,
    { cause },
  );
}

/** The sentence for a data folder that PostgreSQL cannot read any more. */
export function damagedFolder(folder: string, detail: string): StartFailure {
  return new StartFailure(
    "damaged-folder",
    `The data folder ${folder} is damaged (${detail}): restore it from a copy, or start over with --reset.`,
  );
}
