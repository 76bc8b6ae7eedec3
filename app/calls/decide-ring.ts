/** A member of staff who takes calls and has the app open. */
export interface Agent {
  staffId: string;
  /** In another call, or rung for one. */
  busy: boolean;
  /** When they last talked; null for not yet. Who has waited longest goes first. */
  lastTalkAt: Date | null;
}

/** One ringing for this call. */
export interface Rung {
  staffId: string;
  state: string;
  at: Date;
}

export interface RingFacts {
  agents: readonly Agent[];
  rung: readonly Rung[];
  queuedAt: Date;
  now: Date;
  ring: "all" | "one";
  ringSeconds: number;
  waitSeconds: number;
}

export interface RingDecision {
  /** Whom to ring now. */
  ring: string[];
  /** Nobody takes it, or they have waited long enough: a message is asked for. */
  givesUp: boolean;
}

/** A phone that rings longer than it should: its end was never told. Seconds beyond the time set. */
const grace = 15;

/** Whether a ringing must be over by now, whatever was heard of it. */
export function isOverdue({ at, state }: Pick<Rung, "at" | "state">, now: Date, ringSeconds: number): boolean {
  return state === "ringing" && now.getTime() - at.getTime() > (ringSeconds + grace) * 1_000;
}

/**
 * Whom to ring for a call that waits. Nobody is rung twice for the same call; who is busy is waited for, and who comes back
 * meanwhile is rung too. Once all have been rung in vain, or the longest wait is over, it is given up.
 */
export function decideRing(facts: RingFacts): RingDecision {
  const { agents, rung, now, queuedAt, ring, ringSeconds, waitSeconds } = facts;
  if (now.getTime() - queuedAt.getTime() > waitSeconds * 1_000) return { ring: [], givesUp: true };
  const ringing = rung.some((one) => one.state === "ringing" && !isOverdue(one, now, ringSeconds));
  const tried = new Set(rung.map((one) => one.staffId));
  const left = agents.filter((agent) => !tried.has(agent.staffId));
  const free = left
    .filter((agent) => !agent.busy)
    .sort((one, other) => (one.lastTalkAt?.getTime() ?? 0) - (other.lastTalkAt?.getTime() ?? 0));
  const next = ring === "all" ? free : ringing ? [] : free.slice(0, 1);
  return { ring: next.map((agent) => agent.staffId), givesUp: !ringing && left.length === 0 };
}
