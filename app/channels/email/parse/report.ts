import { decodeText } from "./charsets/decode";
import { type Field, firstOf, readFields } from "./headers/fields";
import { readMessageIds } from "./headers/message-ids";
import { tableOf } from "./headers/table";
import { limits } from "./limits";
import type { MailReport } from "./mail";
import { decodeTransfer } from "./parts/transfer";
import type { Part } from "./parts/walk";
import type { Problems } from "./problems";

/** Types of the part for machines, each with the report type that it belongs to. */
const machineParts: Readonly<Record<string, string>> = {
  "message/delivery-status": "delivery-status",
  "message/global-delivery-status": "delivery-status",
  "message/disposition-notification": "disposition-notification",
  "message/global-disposition-notification": "disposition-notification",
  "message/feedback-report": "feedback-report",
};
const originals = /^(text\/rfc822-headers|message\/global-headers|message\/rfc822|message\/global)$/;

/** Whether a part is read as part of a report rather than as a file. */
export function isReportPart(part: Part): boolean {
  return part.type in machineParts || /^(text\/rfc822-headers|message\/global-headers)$/.test(part.type);
}

/** A multipart/report (RFC 6522), or parts that only occur in one: some MTAs send them as multipart/mixed. */
export function readReport(raw: Buffer, root: Part, leaves: readonly Part[], problems: Problems): MailReport | null {
  const machine = leaves.find((part) => part.type in machineParts);
  const container = machine?.parent ?? (root.children ? root : null);
  const isReport = container?.type === "multipart/report";
  if (!machine && !isReport) return null;
  const after = machine ? leaves.indexOf(machine) : -1;
  const original = leaves.find((part, index) => index > after && originals.test(part.type));
  const fields = original ? originalFields(raw, original, problems) : null;
  return {
    type: (container?.parameters.get("report-type") ?? machineParts[machine?.type ?? ""] ?? "")
      .trim()
      .toLowerCase()
      .slice(0, 60),
    status: machine ? statusOf(raw, machine) : null,
    originalHeaders: fields ? tableOf(fields) : null,
    originalMessageId: fields ? (readMessageIds(firstOf(fields, "message-id"))[0] ?? null) : null,
  };
}

function originalFields(raw: Buffer, part: Part, problems: Problems): Field[] {
  const bytes = decodeTransfer(raw.subarray(part.start, part.end), part.encoding);
  return readFields(bytes, 0, bytes.length, problems).fields;
}

function statusOf(raw: Buffer, part: Part): string {
  const bytes = decodeTransfer(raw.subarray(part.start, part.end), part.encoding).subarray(0, limits.headerBytes);
  return decodeText(bytes, null)
    .replaceAll("\r\n", "\n")
    .replaceAll("\r", "\n")
    .replace(/\n[ \t]+(?=\S)/g, " ")
    .trim();
}
