import { chooseBody } from "./body";
import { readEnvelope } from "./envelope";
import { collectFiles } from "./files";
import type { ReadMail } from "./mail";
import { chooseParts } from "./parts/choose";
import { type Part, walkParts } from "./parts/walk";
import { makePause, type Pause } from "./pause";
import { Problems } from "./problems";
import { isReportPart, readReport } from "./report";

/**
 * Reads a raw mail. Never throws and never holds the event loop for long, whatever the bytes are: what is broken is read as
 * far as it goes, what is beyond `limits` is left out, and both are said in `problems`. A mail of which nothing can be
 * understood comes back `unreadable`. Files share memory with `raw` where they were not encoded.
 */
export async function readMail(raw: Uint8Array): Promise<ReadMail> {
  const problems = new Problems();
  const bytes = withLineFeeds(Buffer.from(raw.buffer, raw.byteOffset, raw.byteLength));
  const pause = makePause();
  const root = await walkParts(bytes, problems, pause);
  const envelope = readEnvelope(root.fields, problems);
  try {
    return { ...envelope, ...(await readContent(bytes, root, pause, problems)), problems: problems.said };
  } catch {
    // Nothing in there throws on purpose. A mail that finds a mistake of ours must still arrive, and is kept raw.
    problems.add("This mail could not be read.");
    return { ...envelope, ...nothing, problems: problems.said };
  }
}

type Content = Omit<ReadMail, keyof ReturnType<typeof readEnvelope> | "problems">;

const nothing: Content = {
  text: "",
  textFromHtml: false,
  html: null,
  hasRemoteImages: false,
  files: [],
  calendar: null,
  report: null,
  attachedMails: [],
  unreadable: true,
};

async function readContent(raw: Buffer, root: Part, pause: Pause, problems: Problems): Promise<Content> {
  const leaves = leavesOf(root);
  const report = readReport(raw, root, leaves, problems);
  const chosen = chooseParts(root);
  if (report) chosen.files = chosen.files.filter((part) => !isReportPart(part));
  const collected = await collectFiles(raw, chosen, pause, problems);
  const body = await chooseBody(raw, chosen, collected, pause, problems);
  for (const file of collected.files) file.inline = file.contentId !== null && body.contentIds.has(file.contentId);
  const isEmpty = root.fields.length === 0 || raw.length === 0;
  if (isEmpty) problems.add("This mail has no headers.");
  return {
    text: body.text,
    textFromHtml: body.textFromHtml,
    html: body.html,
    hasRemoteImages: body.hasRemoteImages,
    files: collected.files,
    calendar: collected.calendar,
    report,
    attachedMails: collected.attachedMails,
    unreadable: isEmpty,
  };
}

function leavesOf(root: Part): Part[] {
  const leaves: Part[] = [];
  const visit = (part: Part): void => {
    if (part.children) part.children.forEach(visit);
    else leaves.push(part);
  };
  visit(root);
  return leaves;
}

/** A mail whose lines end in carriage returns only, as old Macs wrote them. */
function withLineFeeds(raw: Buffer): Buffer {
  if (raw.includes(0x0a) || !raw.includes(0x0d)) return raw;
  return Buffer.from(raw.toString("latin1").replaceAll("\r", "\n"), "latin1");
}
