import { useSyncExternalStore } from "react";
import type { Mailbox } from "~/channels/content";
import type { AttachmentView, MessageView } from "~/realtime/frames";
import { AskFailed, ask, posting } from "../ask";
import type { To } from "../composer/places";
import type { ChosenTemplate } from "../composer/template-picker";

/** Where a reply goes, and what goes with it. */
export interface Sending {
  to?: To;
  template?: ChosenTemplate;
  subject?: string;
  cc?: Mailbox[];
}

/** Something written here that the server has not yet confirmed. */
export interface Pending {
  clientKey: string;
  conversationId: string;
  kind: "reply" | "note";
  text: string;
  attachments: AttachmentView[];
  /** Where it goes, and what its channel asks for besides; nothing of it for a note. */
  sending: Sending;
  /** Up to where the conversation was seen when it was sent. */
  seenPosition: number;
  /** ISO 8601. */
  at: string;
  /** `held`: the shopper or a colleague wrote something that was not seen, nothing was sent. */
  state: "sending" | "failed" | "held";
  /** Why it failed, in words. */
  problem: string | null;
}

/** The server's answer to what was sent. */
export type Sent = { message: MessageView } | { note: { id: string; position: number } };

/** How often a send without any answer is tried before it is shown as failed. Harmless: the key makes it one message. */
const tries = 3;

let pending: readonly Pending[] = [];
const watchers = new Set<() => void>();

function set(next: readonly Pending[]): void {
  pending = next;
  for (const watcher of watchers) watcher();
}

function patch(clientKey: string, change: Partial<Pending>): void {
  set(pending.map((one) => (one.clientKey === clientKey ? { ...one, ...change } : one)));
}

/** What waits in one conversation. Lives outside the pages, so leaving a conversation does not stop a send. */
export function usePending(conversationId: string): Pending[] {
  const all = useSyncExternalStore(watch, () => pending, nothing);
  return all.filter((one) => one.conversationId === conversationId);
}

function watch(watcher: () => void): () => void {
  watchers.add(watcher);
  return () => watchers.delete(watcher);
}

const none: readonly Pending[] = [];
const nothing = () => none;

/** Takes something out: it arrived, or it went back into the composer. */
export function forget(clientKeys: readonly string[]): void {
  if (pending.some((one) => clientKeys.includes(one.clientKey))) {
    set(pending.filter((one) => !clientKeys.includes(one.clientKey)));
  }
}

/** Sends, or sends again under the same key. Answers what the server kept, or null when it failed or was held. */
export async function send(one: Pending): Promise<Sent | null> {
  set([...pending.filter((other) => other.clientKey !== one.clientKey), { ...one, state: "sending", problem: null }]);
  const body = {
    kind: one.kind,
    text: one.text,
    clientKey: one.clientKey,
    attachmentIds: one.attachments.map((attachment) => attachment.id),
    seenPosition: one.seenPosition,
    ...one.sending,
  };
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await ask<Sent>(`/inbox/${one.conversationId}/entries`, posting(body));
    } catch (error) {
      const failed = error instanceof AskFailed ? error : new AskFailed(0, "failed", "This was not sent.");
      if (failed.status === 0 && attempt < tries) {
        await new Promise((resolve) => setTimeout(resolve, 1_000 * attempt));
        continue;
      }
      const state = failed.code === "stale" ? "held" : "failed";
      patch(one.clientKey, { state, problem: failed.fields[0]?.message ?? failed.message });
      return null;
    }
  }
}
