import { useState } from "preact/hooks";
import { type Page, Refused, sendFirst } from "./record";
import { useRecord } from "./use-record";
import type { Words } from "./words";

interface ActionProps {
  page: Page;
  /** gid of the customer or the order. */
  id: string;
  words: Words;
  close(): void;
}

/** Writes to the customer first, from Shopify's own page. */
export function Action({ page, id, words, close }: ActionProps) {
  const { loaded, again } = useRecord(page, id);
  // One key for what stands in the box: pressed twice, or again after an answer was lost, it is one message.
  const [draft, setDraft] = useState({ text: "", clientKey: crypto.randomUUID() });
  const [sending, setSending] = useState(false);
  const [problem, setProblem] = useState("");
  const [sent, setSent] = useState<string | null>(null);
  const record = loaded.state === "ready" ? loaded.record : null;
  const customer = record?.shopifyCustomerId ?? null;
  const possible = record?.reach.possible === true && customer !== null;

  const send = async () => {
    if (!customer || sending) return;
    setSending(true);
    setProblem("");
    try {
      setSent((await sendFirst(customer, draft.text, draft.clientKey)).conversationId);
    } catch (error) {
      setProblem((error instanceof Refused && error.message) || words.translate("notSent"));
    }
    setSending(false);
  };

  return (
    <s-admin-action heading={words.translate("start")} loading={loaded.state === "loading"}>
      {loaded.state === "failed" ? (
        <s-stack gap="base">
          <s-banner tone="critical">{words.translate("failed")}</s-banner>
          <s-button onClick={again}>{words.translate("again")}</s-button>
        </s-stack>
      ) : null}
      {record && !sent ? (
        <s-stack gap="base">
          {possible ? <s-text>{record.reach.words}</s-text> : <s-banner tone="info">{record.reach.words}</s-banner>}
          {possible ? (
            <s-text-area
              label={words.translate("message")}
              value={draft.text}
              rows={4}
              error={problem}
              onInput={(event) => setDraft({ text: event.currentTarget.value, clientKey: crypto.randomUUID() })}
            />
          ) : null}
        </s-stack>
      ) : null}
      {sent ? (
        <s-stack gap="base">
          <s-banner tone="success">{words.translate("sent")}</s-banner>
          <s-link href={`app:inbox/${sent}`}>{words.translate("openSent")}</s-link>
        </s-stack>
      ) : null}
      {possible && !sent ? (
        <s-button
          slot="primary-action"
          variant="primary"
          loading={sending}
          disabled={draft.text.trim() === ""}
          onClick={send}
        >
          {words.translate("send")}
        </s-button>
      ) : null}
      <s-button slot="secondary-actions" onClick={close}>
        {words.translate(sent || !possible ? "close" : "cancel")}
      </s-button>
    </s-admin-action>
  );
}
