import { actions } from "~/audit/catalogue";
import { channelName } from "~/channels/kinds";
import { consentTitle } from "~/consent/words";
import type { ActivityRow } from "./activity-log";

const others: Record<string, string> = { shopper: "A shopper", shopify: "Shopify", app: "Throughline" };

/** Who did it. */
export function actorWords(row: Pick<ActivityRow, "actorKind" | "actorName">): string {
  return row.actorName ?? others[row.actorKind] ?? "Somebody";
}

/** What they did, with what `detail` adds: "assigned a conversation to Bo Lind". */
export function actionWords(row: Pick<ActivityRow, "action" | "detail" | "detailName">): string {
  // Of a newer version, which this one does not know.
  const words = actions[row.action]?.words ?? "did something";
  const { detail } = row;
  if (row.action === "conversation.assigned") {
    return detail.staffId === null
      ? "took a conversation from whoever had it"
      : `${words} to ${row.detailName ?? "somebody"}`;
  }
  if (row.action === "settings.saved" && Array.isArray(detail.changed)) {
    return `${words}: ${detail.changed.map((name: string) => settingWords[name] ?? name).join(", ")}`;
  }
  if (typeof detail.purpose === "string" && typeof detail.channel === "string") {
    return `${words}: ${consentTitle(detail.channel, detail.purpose)}`;
  }
  if (row.action.startsWith("channel.") && typeof detail.kind === "string")
    return `${words}: ${channelName(detail.kind)}`;
  if (row.action === "draft-order.sent") return detail.by === "e-mail" ? `${words} by e-mail` : `${words} in the chat`;
  return words;
}

const settingWords: Record<string, string> = {
  privacyPolicyUrl: "privacy policy",
  displayName: "name over the chat",
  awayMessage: "message when nobody is there",
  hoursText: "opening hours",
  continueDays: "days in which a conversation goes on",
};

const kinds: Record<string, string> = {
  conversation: "Conversation",
  customer: "Customer",
  visitor: "A browser",
  "draft-order": "Draft order",
  "data-request": "Data request",
  erasure: "Erasure",
  channel: "Channel",
  staff: "A member of staff",
};

/** What it was done to; null when it says nothing more than the action does. Whoever is gone was erased. */
export function subjectWords(
  row: Pick<ActivityRow, "subjectKind" | "subjectId" | "subjectName" | "there"> &
    Partial<Pick<ActivityRow, "otherName" | "detail">>,
): string | null {
  const one = oneSubject(row);
  if (one === null || typeof row.detail?.otherId !== "string") return one;
  return `${one} and ${row.otherName ?? "another"}`;
}

function oneSubject(row: Pick<ActivityRow, "subjectKind" | "subjectId" | "subjectName" | "there">): string | null {
  if (row.subjectId === null || row.subjectKind === "settings" || row.subjectKind === "shop") return null;
  if (row.subjectName) return row.subjectName;
  if (row.subjectKind === "conversation") return row.there ? "Visitor" : "A conversation that was erased";
  if (row.subjectKind === "customer") return row.there ? "Visitor" : "A customer who was erased";
  if (row.subjectKind === "draft-order" && !row.there) return "A draft order that is no longer here";
  return kinds[row.subjectKind] ?? null;
}

/** Where the subject can be seen; null when nowhere, or no longer. */
export function subjectUrl(row: Pick<ActivityRow, "subjectKind" | "subjectId" | "there">): string | null {
  if (!row.there || row.subjectId === null) return null;
  const paths: Record<string, string> = {
    conversation: "/inbox",
    customer: "/customers",
    "draft-order": "/draft-orders",
  };
  const path = paths[row.subjectKind];
  return path ? `${path}/${row.subjectId}` : null;
}
