import { Pool } from "undici";
import { percentile } from "../statistics";

/** A webhook that is to be posted, at a time of `performance.timeOrigin`'s clock in milliseconds. */
export interface Posting {
  path: string;
  headers: Record<string, string>;
  body: string;
  at: number;
}

export interface Posted {
  posts: number;
  accepted: number;
  /** Posts that were not answered with 200, and were sent again. */
  refused: number;
  /** Given up after the last try. */
  lost: number;
  p50: number;
  p99: number;
  most: number;
  /** How late the sender itself was, p99: it shares the machine. */
  lateness: number;
}

/**
 * Posts webhooks as Shopify's senders do: signed by whoever made them, 5 s for an answer, again after a pause when it is
 * not 200. Connections are kept open, for what one costs is not the app's.
 */
const [origin = ""] = process.argv.slice(2);
const pool = new Pool(origin, {
  connections: 128,
  headersTimeout: 5_000,
  bodyTimeout: 5_000,
  connect: { timeout: 1_000 },
});
const TRIES = 6;
const took: number[] = [];
const late: number[] = [];
const sum = { posts: 0, accepted: 0, refused: 0, lost: 0 };
let underway = 0;

const now = () => performance.timeOrigin + performance.now();

async function post(posting: Posting, tries: number): Promise<void> {
  const started = now();
  sum.posts += 1;
  if (tries === 1) late.push(started - posting.at);
  const status = await pool
    .request({ path: posting.path, method: "POST", headers: posting.headers, body: posting.body })
    .then(async (answer) => {
      await answer.body.dump();
      return answer.statusCode;
    })
    .catch(() => 0);
  if (status === 200) {
    took.push(now() - started);
    sum.accepted += 1;
    underway -= 1;
  } else if (tries >= TRIES) {
    sum.lost += 1;
    underway -= 1;
  } else {
    sum.refused += 1;
    setTimeout(() => void post(posting, tries + 1), 500 * 2 ** tries);
  }
}

process.on("message", async (message: { postings?: Posting[]; finish?: true }) => {
  for (const posting of message.postings ?? []) {
    underway += 1;
    setTimeout(() => void post(posting, 1), Math.max(0, posting.at - now()));
  }
  if (!message.finish) return;
  while (underway > 0) await new Promise((resolve) => setTimeout(resolve, 50));
  const answer: Posted = {
    ...sum,
    p50: percentile(took, 0.5),
    p99: percentile(took, 0.99),
    most: percentile(took, 1),
    lateness: percentile(late, 0.99),
  };
  process.send?.(answer);
});
process.send?.({ ready: true });
