/** What a call's row says of where it stands. */
export interface Standing {
  direction: "in" | "out";
  state: CallState;
  outcome: CallOutcome | null;
  queuedAt: Date | null;
  answeredAt: Date | null;
  heldAt: Date | null;
  heldSeconds: number;
  endedAt: Date | null;
  staffId: string | null;
}

export const callStates = ["ringing", "queued", "in-progress", "on-hold", "ended"] as const;
export type CallState = (typeof callStates)[number];

/**
 * answered: somebody talked with them. missed: nobody did, and they left nothing. voicemail: they left a message.
 * abandoned: they hung up while they waited (of an outgoing call: we did). declined: they were busy or said no. failed:
 * the line did not come about.
 */
export const callOutcomes = ["answered", "missed", "voicemail", "abandoned", "declined", "failed"] as const;
export type CallOutcome = (typeof callOutcomes)[number];

/** Something that became known of a call. It may come twice, late and in any order. */
export type CallNews =
  | { kind: "queued"; at: Date }
  /** The two talk: a member of staff took an incoming call, or a customer an outgoing one. */
  | { kind: "answered"; at: Date; staffId: string }
  | { kind: "held"; at: Date }
  | { kind: "resumed"; at: Date }
  /** A colleague has taken it over. */
  | { kind: "handed"; at: Date; staffId: string }
  /** Nobody takes it: they are asked to leave a message. */
  | { kind: "sent-away"; at: Date }
  | { kind: "left-message"; at: Date }
  | { kind: "over"; at: Date; because: Ending };

export type Ending = "hung-up" | "no-answer" | "busy" | "failed";

export type Changes = Partial<Omit<Standing, "direction">>;

/**
 * What news changes of a call; null when it says nothing new, comes too late or makes no sense there. What ended stays
 * ended, an outcome that was reached is not taken back but for a message that was left after all, and the same news twice
 * is the same as once.
 */
export function decideCall(call: Standing, news: CallNews): Changes | null {
  if (news.kind === "left-message") return leftMessage(call);
  if (call.state === "ended") return null;
  switch (news.kind) {
    case "queued":
      return call.state === "ringing" && call.direction === "in" && !call.outcome
        ? { state: "queued", queuedAt: news.at }
        : null;
    case "answered":
      return call.answeredAt || call.outcome
        ? null
        : { state: "in-progress", answeredAt: news.at, staffId: news.staffId };
    case "held":
      return call.state === "in-progress" ? { state: "on-hold", heldAt: news.at } : null;
    case "resumed":
      return call.state === "on-hold" ? { state: "in-progress", ...holdOver(call, news.at) } : null;
    case "handed":
      return call.answeredAt && call.staffId !== news.staffId
        ? { state: "in-progress", staffId: news.staffId, ...holdOver(call, news.at) }
        : null;
    case "sent-away":
      return call.answeredAt || call.outcome || call.direction === "out" ? null : { outcome: "missed" };
    case "over":
      return {
        state: "ended",
        endedAt: news.at,
        outcome: outcomeOf(call, news.because),
        ...holdOver(call, news.at),
      };
  }
}

/** Only of a call that nobody took: a recording of a talk is no message. */
function leftMessage(call: Standing): Changes | null {
  if (call.answeredAt || call.direction === "out" || call.outcome === "voicemail") return null;
  return { outcome: "voicemail" };
}

function holdOver({ heldAt, heldSeconds }: Standing, at: Date): Changes {
  return heldAt ? { heldAt: null, heldSeconds: heldSeconds + seconds(heldAt, at) } : {};
}

function outcomeOf(call: Standing, because: Ending): CallOutcome {
  if (call.answeredAt) return "answered";
  if (call.outcome) return call.outcome;
  switch (because) {
    case "hung-up":
      return "abandoned";
    case "no-answer":
      return "missed";
    case "busy":
      return "declined";
    case "failed":
      return "failed";
  }
}

/** Whole seconds from one time to another, never below zero: clocks of two machines differ. */
export function seconds(from: Date, to: Date): number {
  return Math.max(0, Math.round((to.getTime() - from.getTime()) / 1000));
}

/** How long they talked and waited on hold, in seconds; 0 for a call that nobody took. */
export function talked({ answeredAt, endedAt }: Pick<Standing, "answeredAt" | "endedAt">): number {
  return answeredAt && endedAt ? seconds(answeredAt, endedAt) : 0;
}
