import type { FactView, NoteView, ThreadEntry } from "~/conversations/thread-entry";
import type { MessageView } from "~/realtime/frames";
import { dayOf } from "../time";

/** A conversation as it is laid out: days, changes of channel, runs of messages of one sender,
 * notes, and runs of facts. */
export type Block =
  | { type: "day"; key: string; at: string }
  /** They go on over another channel than before. */
  | { type: "channel"; key: string; channel: string }
  | { type: "messages"; key: string; from: string; author: MessageView["author"]; messages: MessageView[] }
  | { type: "note"; key: string; note: NoteView }
  | { type: "facts"; key: string; facts: FactView[] };

/** Messages of one sender further apart than this stand as two runs, each with its time. */
const runMilliseconds = 5 * 60_000;

/** Lays the entries out in their order; a day begins wherever its date in `timeZone` differs from the entry before. */
export function blocksOf(entries: readonly ThreadEntry[], timeZone?: string): Block[] {
  const blocks: Block[] = [];
  let day = "";
  let channel: string | null = null;
  for (const entry of entries) {
    const its = dayOf(entry.at, timeZone);
    if (its !== day) {
      day = its;
      blocks.push({ type: "day", key: `day ${its} ${entry.position}`, at: entry.at });
    }
    // A mail that carries what was said in the chat changes nothing of where they talk.
    if (entry.type === "message" && !entry.message.content?.followUp) {
      const its = entry.message.channel;
      if (channel !== null && channel !== its) {
        blocks.push({ type: "channel", key: `channel ${entry.position}`, channel: its });
      }
      channel = its;
    }
    const last = blocks.at(-1);
    switch (entry.type) {
      case "message":
        if (last?.type === "messages" && continues(last, entry.message)) last.messages.push(entry.message);
        else blocks.push(runOf(entry.message));
        break;
      case "note":
        blocks.push({ type: "note", key: `note ${entry.position}`, note: entry.note });
        break;
      case "fact":
        if (last?.type === "facts") last.facts.push(entry.fact);
        else blocks.push({ type: "facts", key: `facts ${entry.position}`, facts: [entry.fact] });
        break;
    }
  }
  return blocks;
}

function runOf(message: MessageView): Block {
  return {
    type: "messages",
    key: `messages ${message.position}`,
    from: senderOf(message),
    author: message.author,
    messages: [message],
  };
}

function continues(run: Extract<Block, { type: "messages" }>, message: MessageView): boolean {
  const previous = run.messages.at(-1);
  return (
    run.from === senderOf(message) &&
    previous !== undefined &&
    Date.parse(message.at) - Date.parse(previous.at) <= runMilliseconds
  );
}

function senderOf(message: MessageView): string {
  return `${message.author} ${message.staffName ?? ""} ${message.channel}`;
}
