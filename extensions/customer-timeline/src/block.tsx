import { numberOf, type Page, type RecordConversation, type RecordView } from "./record";
import { useRecord } from "./use-record";
import { channelWord, statusWord, timeWords, type Words, wroteWords } from "./words";

interface BlockProps {
  page: Page;
  /** gid of the customer or the order. */
  id: string;
  words: Words;
}

/** The customer's conversations on Shopify's own page. */
export function Block({ page, id, words }: BlockProps) {
  const { loaded, again } = useRecord(page, id);
  return (
    <s-admin-block heading={words.translate("name")} collapsedSummary={summary(loaded, words)}>
      {loaded.state === "loading" ? <s-spinner accessibilityLabel={words.translate("loading")} /> : null}
      {loaded.state === "failed" ? (
        <s-stack gap="base">
          <s-banner tone="critical">{words.translate("failed")}</s-banner>
          <s-button onClick={again}>{words.translate("again")}</s-button>
        </s-stack>
      ) : null}
      {loaded.state === "ready" ? <Conversations record={loaded.record} words={words} /> : null}
    </s-admin-block>
  );
}

function summary(loaded: ReturnType<typeof useRecord>["loaded"], words: Words): string {
  if (loaded.state !== "ready") return "";
  const { openMatters, conversations } = loaded.record;
  if (conversations.length === 0) return words.translate("none");
  return openMatters > 0 ? words.translate("open", { count: openMatters }) : words.translate("noneOpen");
}

function Conversations({ record, words }: { record: RecordView; words: Words }) {
  const { conversations, openMatters, waitingSince, satisfaction, shopifyCustomerId } = record;
  if (!shopifyCustomerId) return <s-text color="subdued">{words.translate("noCustomer")}</s-text>;
  return (
    <s-stack gap="base">
      {conversations.length === 0 ? (
        <s-text color="subdued">{words.translate("none")}</s-text>
      ) : (
        <s-stack direction="inline" gap="small-200">
          <s-badge tone={openMatters > 0 ? "info" : "neutral"}>
            {openMatters > 0 ? words.translate("open", { count: openMatters }) : words.translate("noneOpen")}
          </s-badge>
          {waitingSince ? (
            <s-badge tone="warning">
              {words.translate("waiting", { time: timeWords(words, waitingSince, record.timeZone) })}
            </s-badge>
          ) : null}
          {satisfaction === null ? null : (
            <s-badge>
              {words.translate("satisfaction", {
                mean: words.formatNumber(satisfaction, { maximumFractionDigits: 1 }),
              })}
            </s-badge>
          )}
        </s-stack>
      )}
      {conversations.map((one) => (
        <Conversation key={one.id} conversation={one} words={words} timeZone={record.timeZone} />
      ))}
      <s-link href={`app:customers/shopify/${numberOf(shopifyCustomerId)}`}>
        {words.translate("openThroughline")}
      </s-link>
    </s-stack>
  );
}

interface ConversationProps {
  conversation: RecordConversation;
  words: Words;
  timeZone: string | null;
}

function Conversation({ conversation, words, timeZone }: ConversationProps) {
  const { id, status, channel, lastMessageText, lastMessageFrom, lastMessageAt, assigneeName } = conversation;
  const time = timeWords(words, lastMessageAt, timeZone);
  const about = [
    channelWord(words, channel),
    wroteWords(words, lastMessageFrom, time),
    ...(assigneeName ? [words.translate("assignee", { name: assigneeName })] : []),
  ];
  return (
    <s-stack gap="none">
      <s-stack direction="inline" gap="small-200" alignItems="center">
        <s-link href={`app:inbox/${id}`} accessibilityLabel={words.translate("openConversation", { time })}>
          {lastMessageText || time}
        </s-link>
        <s-badge tone={status === "open" ? "info" : "neutral"}>{statusWord(words, status)}</s-badge>
      </s-stack>
      <s-text color="subdued">{about.join(" · ")}</s-text>
    </s-stack>
  );
}
