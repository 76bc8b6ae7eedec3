import type {
  AttachmentView,
  ConversationAnswer,
  EventView,
  MessageView,
  StateAnswer,
  VisitorAnswer,
} from "../protocol";

/** A message of ours that the app has not acknowledged yet. */
export interface Unsent {
  clientKey: string;
  text: string;
  attachments: AttachmentView[];
  /** Milliseconds since 1970. */
  at: number;
  /** Empty while it is on its way, else why it was not taken. */
  failure: string;
  /** The app has said no: sending it again by itself would change nothing. */
  refused?: boolean;
  /** What the shopper said of themselves with it. */
  about?: { name?: string; email?: string };
}

/** Everything the chat shows. Changed only by the functions below, each of which gives a new one. */
export interface Model {
  conversation: Omit<ConversationAnswer, "messages"> | null;
  /** By position, each once. */
  messages: MessageView[];
  unsent: Unsent[];
  visitor: VisitorAnswer;
  someoneThere: boolean;
  cursor: string;
  /** Who of the shop writes, and until when that is believed (milliseconds since 1970). */
  typing: { name: string; until: number } | null;
}

export const empty: Model = {
  conversation: null,
  messages: [],
  unsent: [],
  visitor: { name: null, hasEmail: false, signedIn: false, confirmed: false, canConfirm: false, consented: false },
  someoneThere: true,
  cursor: "",
  typing: null,
};

/** How long "is writing" is believed without another sign, in milliseconds. */
export const typingMilliseconds = 6_000;

/** Takes the chat's state as read. Another conversation takes the place of the one before. */
export function withState(model: Model, state: StateAnswer, takeCursor: boolean): Model {
  const { conversation, visitor, someoneThere } = state;
  const base = { ...model, visitor, someoneThere, cursor: takeCursor || !model.cursor ? state.cursor : model.cursor };
  if (!conversation) return base;
  const { messages, ...facts } = conversation;
  const same = model.conversation?.id === facts.id;
  const before = same ? model.conversation : null;
  const oldest = same ? model.messages[0]?.position : undefined;
  const first = messages[0]?.position;
  const goesBack = oldest === undefined || (first !== undefined && first <= oldest);
  return withMessages(
    {
      ...base,
      messages: same ? model.messages : [],
      conversation: {
        ...facts,
        position: Math.max(facts.position, before?.position ?? 0),
        shopperSeen: Math.max(facts.shopperSeen, before?.shopperSeen ?? 0),
        staffSeen: Math.max(facts.staffSeen, before?.staffSeen ?? 0),
        older: goesBack ? facts.older : (before?.older ?? facts.older),
      },
    },
    messages,
  );
}

/** Puts messages in their places, each once; one of ours that was waiting is no longer unsent. */
export function withMessages(model: Model, added: readonly MessageView[]): Model {
  const own = added.filter((message) => message.conversationId === model.conversation?.id);
  if (own.length === 0) return model;
  const byId = new Map([...model.messages, ...own].map((message) => [message.id, message]));
  const keys = new Set(own.map((message) => message.clientKey));
  const fromStaff = own.some((message) => message.author !== "shopper");
  return {
    ...model,
    messages: [...byId.values()].sort((one, other) => one.position - other.position),
    unsent: model.unsent.filter((each) => !keys.has(each.clientKey)),
    typing: fromStaff ? null : model.typing,
  };
}

/** Takes facts from the socket. `unknown` says that they are of a chat this page has not read yet. */
export function withEvents(model: Model, events: readonly EventView[]): { model: Model; unknown: boolean } {
  let next = model;
  let unknown = false;
  for (const event of events) {
    const { conversation } = next;
    if (!conversation || event.conversationId !== conversation.id) {
      unknown ||= event.message !== undefined;
      continue;
    }
    const position = Math.max(conversation.position, event.position ?? 0);
    next = { ...next, conversation: { ...conversation, position } };
    if (event.message) next = withMessages(next, [event.message]);
    next = withFact(next, event);
  }
  return { model: next, unknown };
}

function withFact(model: Model, { kind, data }: EventView): Model {
  const { conversation } = model;
  if (!conversation) return model;
  switch (kind) {
    case "conversation.closed":
      return { ...model, conversation: { ...conversation, status: "closed" } };
    case "conversation.reopened":
      return { ...model, conversation: { ...conversation, status: "open" } };
    case "conversation.seen": {
      const position = Number(data["position"]) || 0;
      return data["by"] === "staff"
        ? { ...model, conversation: { ...conversation, staffSeen: Math.max(conversation.staffSeen, position) } }
        : withSeen(model, position);
    }
    default:
      return model;
  }
}

/** The shopper has seen everything up to `position`, here or in another tab. */
export function withSeen(model: Model, position: number): Model {
  const { conversation } = model;
  if (!conversation || conversation.shopperSeen >= position) return model;
  return { ...model, conversation: { ...conversation, shopperSeen: position } };
}

export function withUnsent(model: Model, unsent: Unsent): Model {
  return { ...model, unsent: [...model.unsent.filter((each) => each.clientKey !== unsent.clientKey), unsent] };
}

export function withFailure(model: Model, clientKey: string, failure: string, refused = false): Model {
  return {
    ...model,
    unsent: model.unsent.map((each) => (each.clientKey === clientKey ? { ...each, failure, refused } : each)),
  };
}

export function withoutUnsent(model: Model, clientKey: string): Model {
  return { ...model, unsent: model.unsent.filter((each) => each.clientKey !== clientKey) };
}

/** The shopper has not written yet: not at all, or only the shop has, which began the chat. */
export function hasNotWritten({ conversation, messages, unsent }: Model): boolean {
  const own = messages.some((message) => message.author === "shopper") || unsent.length > 0;
  return !own && !conversation?.older;
}

/** Messages of the shop that the shopper has not seen. */
export function unread(model: Model): number {
  const seen = model.conversation?.shopperSeen ?? 0;
  return model.messages.filter((message) => message.author !== "shopper" && message.position > seen).length;
}

/** The place of the newest message of the shop's, or 0. */
export function newestFromShop(model: Model): number {
  return model.messages.findLast((message) => message.author !== "shopper")?.position ?? 0;
}
