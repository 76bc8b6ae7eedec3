import { addressOf, readAddresses } from "./headers/addresses";
import { readDate } from "./headers/date";
import { type Field, firstOf } from "./headers/fields";
import { readMessageIds } from "./headers/message-ids";
import { readSubject, tableOf } from "./headers/table";
import { limits } from "./limits";
import type { ReadMail } from "./mail";
import type { Problems } from "./problems";

type Envelope = Pick<
  ReadMail,
  | "messageId"
  | "inReplyTo"
  | "references"
  | "from"
  | "sender"
  | "replyTo"
  | "to"
  | "cc"
  | "recipientCount"
  | "returnPath"
  | "deliveredTo"
  | "date"
  | "subject"
  | "headers"
>;

/** What the headers of a mail say. */
export function readEnvelope(fields: readonly Field[], problems: Problems): Envelope {
  const to = readAddresses(all(fields, "to"));
  const cc = readAddresses(all(fields, "cc"));
  const from = readAddresses(firstOf(fields, "from")).list[0] ?? null;
  if (!from) problems.add("This mail does not say who it is from.");
  if (to.count > limits.addresses || cc.count > limits.addresses) {
    problems.add(`Only the first ${limits.addresses} recipients are listed.`);
  }
  return {
    messageId: readMessageIds(firstOf(fields, "message-id"))[0] ?? null,
    inReplyTo: readMessageIds(firstOf(fields, "in-reply-to")).slice(0, 10),
    references: readMessageIds(all(fields, "references")),
    from,
    sender: readAddresses(firstOf(fields, "sender")).list[0] ?? null,
    replyTo: readAddresses(firstOf(fields, "reply-to")).list.slice(0, 20),
    to: to.list,
    cc: cc.list,
    recipientCount: to.count + cc.count,
    returnPath: returnPathOf(firstOf(fields, "return-path")),
    deliveredTo: deliveredTo(fields),
    date: readDate(firstOf(fields, "date")),
    subject: readSubject(firstOf(fields, "subject")),
    headers: tableOf(fields),
  };
}

/** RFC 5322 allows a header of addresses once; some write one for each of them. */
function all(fields: readonly Field[], name: string): string | null {
  const values = fields.filter((field) => field.name === name).map((field) => field.value);
  return values.length === 0
    ? null
    : values.join(name === "references" ? " " : ", ").slice(0, limits.addressHeaderValue);
}

function returnPathOf(value: string | null): string | null {
  if (value === null) return null;
  return /^\s*<\s*>\s*$/.test(value) ? "" : addressOf(value);
}

const delivered = new Set(["delivered-to", "x-original-to", "envelope-to", "x-envelope-to", "x-delivered-to"]);

function deliveredTo(fields: readonly Field[]): string[] {
  const found = fields.filter((field) => delivered.has(field.name)).flatMap((field) => readAddresses(field.value).list);
  return [...new Set(found.map((mailbox) => mailbox.address))].slice(0, 20);
}
