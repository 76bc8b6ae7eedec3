/** A conversation that a message names, and what its sender has to do with it. */
export interface NamedConversation {
  conversationId: string;
  /**
   * signed-address: it came to the address that we gave out for this conversation and signed. reference: it names a
   * message there by that message's id.
   */
  by: "signed-address" | "reference";
  /** The place of the reference, 0 for the nearest; 0 for the signed address. */
  place: number;
  /** The conversation is with this person, or they wrote there, or were written to there. */
  belongs: boolean;
  /** Their address stood in a mail of this conversation, or was written to there: someone who belongs brought them in. */
  wasCopied: boolean;
  /** Null while it is not closed. */
  closedAt: Date | null;
}

export interface ThreadQuestion {
  /** In any order; the same conversation may be named more than once. */
  named: readonly NamedConversation[];
  /** The domain that the sender names denies the mail. */
  forged: boolean;
  /** What was closed before this is not taken up again: a new matter begins and points at it. */
  reopensSince: Date;
}

/** `because` is for staff, a whole sentence, and stands in the conversation when it is not null. */
export type ThreadDecision =
  | { join: string; as: "same person" | "third person"; because: string | null }
  | { newMatter: true; linkedTo: string | null; because: string };

/**
 * Whether a message belongs to a conversation that it names. Null when it names none: then the rule for all channels
 * holds (the person's open matter). Of several, the signed address counts before references, and a near reference before
 * a far one, and none to which the sender does not belong. A stranger is never taken into a conversation by a reference:
 * ids of messages travel with everything that is forwarded. Pure.
 */
export function decideThread({ named, forged, reopensSince }: ThreadQuestion): ThreadDecision | null {
  const nearestFirst = named
    .filter((one) => one.conversationId !== "")
    .sort((one, other) => rank(one) - rank(other) || one.place - other.place);
  const [nearest] = nearestFirst;
  if (!nearest) return null;

  // Whoever forges a sender may have seen an old mail's ids, and our signed address too: it goes to all who get a copy.
  const own = nearestFirst.find((one) => one.belongs && !forged);
  if (own) {
    if (own.closedAt && own.closedAt < reopensSince) {
      const because = "The conversation that this answers was closed long ago, so a new one was opened.";
      return { newMatter: true, linkedTo: own.conversationId, because };
    }
    return { join: own.conversationId, as: "same person", because: null };
  }

  // A forged one may still be of the one it names, whose mail was passed on: it is read there, as nobody's who is known.
  const copied = nearestFirst.find((one) => one.by === "signed-address" && (one.wasCopied || (forged && one.belongs)));
  if (copied && !(copied.closedAt && copied.closedAt < reopensSince)) {
    const because = forged
      ? "It came to this conversation's own address, but its sender is not trusted: it may be from somebody else."
      : "They were copied in on this conversation.";
    return { join: copied.conversationId, as: "third person", because };
  }

  return { newMatter: true, linkedTo: nearest.conversationId, because: apartBecause(nearest, forged) };
}

function rank({ by }: NamedConversation): number {
  return by === "signed-address" ? 0 : 1;
}

function apartBecause(nearest: NamedConversation, forged: boolean): string {
  if (forged) return "The sender could not be trusted, so this was kept apart from the conversation that it names.";
  if (nearest.by === "signed-address") {
    return "Someone else answered a message of another conversation, so a new one was opened.";
  }
  return "This names a message of a conversation that its sender is not part of, so a new one was opened.";
}
