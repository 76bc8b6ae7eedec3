import { useFetcher, useNavigate, useSearchParams } from "@remix-run/react";
import { useRef, useState } from "react";
import { flushSync } from "react-dom";
import type { ThreadPage } from "~/conversations/thread";
import type { PersonBeside } from "~/customers/beside";
import { isProven } from "~/customers/grades";
import { personName } from "~/customers/name";
import type { Carries } from "~/inbox/channel-abilities";
import type { OpenConversation } from "~/inbox/open-conversation";
import { useAdmin } from "../admin-context";
import { ask, posting } from "../ask";
import { Calling } from "../calls/calling";
import type { ComposerHandle } from "../composer/composer";
import { type DraftKind, moveDraft } from "../composer/drafts";
import { HeldReply } from "../composer/held-reply";
import { ReplyTo } from "../composer/reply-to";
import styles from "../inbox/inbox.module.css";
import { PersonPanel } from "../person/panel";
import { ThreadActsContext } from "../thread/thread-acts";
import { ThreadView } from "../thread/thread-view";
import { useThread } from "../thread/use-thread";
import { useKeys } from "../use-keys";
import { useEvents, useQuietRevalidate } from "../use-realtime";
import { type ConversationAct, ConversationHead } from "./conversation-head";
import { PassingWords } from "./passing-words";
import { RatingComment } from "./rating-comment";
import { ReplyComposer } from "./reply-composer";
import { useCompany } from "./use-company";
import { usePlace } from "./use-place";
import { useReplies } from "./use-replies";
import { useThreadActs } from "./use-thread-acts";
import { useThreadState } from "./use-thread-state";

export interface ConversationData {
  cursor: string;
  conversation: OpenConversation;
  page: ThreadPage;
  person: PersonBeside;
  staff: { id: string; name: string }[];
  /** What each channel can carry. */
  abilities: Record<string, Carries>;
}

/** Second and third pane: the conversation with its composer, and the person beside it. */
export function ConversationPage({ cursor, conversation, page, person, staff, abilities }: ConversationData) {
  const { id } = conversation;
  const { me } = useAdmin();
  const navigate = useNavigate();
  const [search, setSearch] = useSearchParams();
  const composer = useRef<ComposerHandle>(null);
  const live = useThread(id, useThreadState(page, conversation), cursor);
  const company = useCompany(id);
  const seenPosition = useRef(0);
  const replies = useReplies(id, live, composer, (position) => {
    seenPosition.current = position;
    // The next reading says it again when this one is lost.
    ask(`/inbox/${id}/entries`, posting({ kind: "seen", position })).catch(() => undefined);
  });
  const act = useFetcher();
  const shown = optimistic(conversation, act.json as ConversationAct | undefined, staff);
  const onAct = (what: ConversationAct) =>
    act.submit({ ...what }, { method: "POST", action: `/inbox/${id}`, encType: "application/json" });
  const addressProven = person.identities.some((one) => !one.elsewhere && isProven(one.grade));
  const name = personName({ ...person.customer, addressProven });
  // A merged person may be at two places, and what is sent to one is not seen at the other.
  const place = usePlace(person, live.thread.entries, search.get("to"));
  const mustChoose = place.toChoose.length > 0;
  const isChat = conversation.channel === "chat";
  // Where nothing can be written to them, what can be written is for the team.
  const [mode, setMode] = useState<DraftKind>(place.place || isChat ? "reply" : "note");
  const acts = useThreadActs(id, composer, () => {
    setMode("reply");
    place.setPicking(true);
  });
  useFreshPanel(person, cursor);

  const write = (next: DraftKind) => {
    // The field is drawn and takes the very next key, which would otherwise be a command.
    flushSync(() => setMode(next));
    composer.current?.focus();
  };
  useKeys({
    r: () => write("reply"),
    n: () => write("note"),
    e: () => onAct({ act: shown.status === "open" ? "close" : "reopen" }),
    a: () => onAct({ act: "assign", staffId: me.id }),
  });

  const panelOpen = search.get("panel") === "open";
  const panel = (open: boolean) =>
    setSearch(
      (before) => {
        const next = new URLSearchParams(before);
        if (open) next.set("panel", "open");
        else next.delete("panel");
        return next;
      },
      { replace: !open, preventScrollReset: true },
    );

  return (
    <Calling customerId={person.customer.id}>
      <div className={styles.main} data-panel={panelOpen ? "open" : "closed"}>
        <section className={styles.conversation} aria-label={`Conversation with ${name}`}>
          <ConversationHead
            conversation={shown}
            customerName={name}
            staff={staff}
            lookers={company.lookers}
            busy={act.state !== "idle"}
            backTo={`/inbox?${new URLSearchParams({ view: search.get("view") ?? "open", q: search.get("q") ?? "" })}`}
            problem={problemOf(act.data)}
            onAct={onAct}
            onPanel={() => panel(true)}
          />
          <ThreadActsContext.Provider value={acts}>
            <ThreadView
              conversationId={id}
              thread={live.thread}
              pending={replies.pending}
              customerName={personName(person.customer)}
              loadEarlier={live.loadEarlier}
              onRetry={replies.retry}
              onEdit={replies.edit}
              onSeen={replies.seen}
            />
          </ThreadActsContext.Provider>
          {shown.rating?.comment ? <RatingComment score={shown.rating.score} comment={shown.rating.comment} /> : null}
          <PassingWords shopper={company.shopperTypes ? name : null} staff={company.staffTyping} />
          {replies.held ? (
            <HeldReply
              text={replies.held.reply.text}
              newer={replies.held.newer}
              customerName={name}
              onSend={replies.sendAnyway}
              onEdit={() => replies.held && replies.edit(replies.held.reply)}
            />
          ) : null}
          {mustChoose && mode === "reply" ? (
            <ReplyTo
              name={name}
              endpoints={place.toChoose}
              onHere={place.choose}
              onOther={(other) => {
                if (!other.conversationId) return;
                moveDraft(id, other.conversationId);
                navigate(`/inbox/${other.conversationId}?view=${other.status}&to=here`);
              }}
            />
          ) : null}
          <ReplyComposer
            conversationId={id}
            customerName={name}
            entries={live.thread.entries}
            place={place}
            abilities={abilities}
            mode={mode}
            onMode={setMode}
            held={replies.held !== null || mustChoose}
            isChat={isChat}
            onTyping={company.sayTyping}
            submit={replies.submit}
            handle={composer}
          />
        </section>
        <PersonPanel
          person={person}
          conversationId={id}
          seenPosition={() => seenPosition.current}
          onBack={() => panel(false)}
        />
      </div>
    </Calling>
  );
}

/** What was just asked for, shown before the server confirms it. */
function optimistic(
  conversation: OpenConversation,
  asked: ConversationAct | undefined,
  staff: { id: string; name: string }[],
): OpenConversation {
  switch (asked?.act) {
    case "assign": {
      const name = staff.find((one) => one.id === asked.staffId)?.name ?? null;
      return { ...conversation, assigneeId: asked.staffId, assigneeName: name };
    }
    case "close":
      return { ...conversation, status: "closed", waitingSince: null };
    case "reopen":
      return { ...conversation, status: "open", snoozedUntil: null };
    case "snooze":
      return { ...conversation, status: "snoozed", snoozedUntil: asked.until };
    case undefined:
      return conversation;
  }
}

function problemOf(answer: unknown): string | null {
  return (answer as { error?: { message: string } } | undefined)?.error?.message ?? null;
}

/** The cart and the page views of this person's browser are facts of the browser, not of the conversation. */
function useFreshPanel(person: PersonBeside, cursor: string): void {
  const revalidate = useQuietRevalidate();
  useEvents((events) => {
    const concerns = events.some(
      (event) =>
        (event.visitorId !== null && event.visitorId === person.visitor?.id) ||
        (event.customerId !== null && person.customer.customerIds.includes(event.customerId)),
    );
    if (concerns) revalidate();
  }, cursor);
}
