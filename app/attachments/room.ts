import { Problem } from "~/http/errors";

/** Bytes of files that this process takes in at one time; each stands in memory some three times until it is stored. */
const mostBytes = 100 * 1024 * 1024;

let taken = 0;

/**
 * Runs `work` with room for a file of `size` bytes in memory. Throws a Problem (503 with Retry-After) when there is none:
 * a few hundred uploads at once must not end the process that carries everybody's chat.
 */
export async function withRoom<Result>(size: number, work: () => Promise<Result>): Promise<Result> {
  if (taken + size > mostBytes) {
    throw new Problem(503, "busy", "Too many files are being sent right now. Try again in a moment.", {
      "Retry-After": "5",
    });
  }
  taken += size;
  try {
    return await work();
  } finally {
    taken -= size;
  }
}

/** What to keep room for: what the request says, or the most that is read of it. */
export function sizeOf(request: Request, most: number): number {
  const said = Number(request.headers.get("content-length") ?? Number.NaN);
  return said >= 0 && said < most ? said : most;
}
