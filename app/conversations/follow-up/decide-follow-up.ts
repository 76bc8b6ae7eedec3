/** What is known when somebody looks whether replies in the chat are to follow by e-mail. Times in milliseconds. */
export interface FollowUpFacts {
  now: Date;
  /** How long after a reply, and how long after the last such mail. */
  delay: number;
  gap: number;
  /** Replies that the shopper has neither seen nor answered nor been mailed, oldest first. */
  replies: readonly { at: Date }[];
  /** When a page of theirs was last heard of. */
  lastThere: Date | null;
  lastMailed: Date | null;
}

export type FollowUpDecision = { act: "nothing" } | { act: "wait"; until: Date } | { act: "mail" };

/** A page that has a line open says so every 20 seconds at least; longer silent, it is gone. */
export const goneAfterMilliseconds = 60_000;

/**
 * The first reply that nobody saw has waited long enough, no page of the shopper is open, and the last mail was a while
 * ago: then all replies go in one mail. Else when to look again.
 */
export function decideFollowUp({ now, delay, gap, replies, lastThere, lastMailed }: FollowUpFacts): FollowUpDecision {
  const [first] = replies;
  if (!first) return { act: "nothing" };
  const until = Math.max(
    first.at.getTime() + delay,
    lastMailed ? lastMailed.getTime() + gap : 0,
    lastThere ? lastThere.getTime() + goneAfterMilliseconds : 0,
  );
  return until > now.getTime() ? { act: "wait", until: new Date(until) } : { act: "mail" };
}
