import { Banner, BlockStack, Button, Card, ChoiceList, InlineStack, Link, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { AskFailed, ask, posting } from "../ask";
import styles from "./draft-order.module.css";

interface SendInvoiceProps {
  draftOrder: { id: string; name: string; invoiceUrl: string | null; email: string };
  /** Null when it was not made in a conversation. */
  conversation: { id: string; seenPosition: number } | null;
  /** The form has changes that are not saved. */
  changed: boolean;
  onSent(): void;
}

/** Sends the invoice's link into the conversation, or has Shopify mail it. */
export function SendInvoice({ draftOrder, conversation, changed, onSent }: SendInvoiceProps) {
  const [by, setBy] = useState<"conversation" | "e-mail">(conversation ? "conversation" : "e-mail");
  const [text, setText] = useState(
    `Your order ${draftOrder.name} is ready. You can check it and pay here: ${draftOrder.invoiceUrl ?? ""}`,
  );
  const [to, setTo] = useState(draftOrder.email);
  const [message, setMessage] = useState("");
  const [key, setKey] = useState(() => crypto.randomUUID());
  const [sending, setSending] = useState(false);
  const [failed, setFailed] = useState<AskFailed | null>(null);

  const send = async () => {
    setSending(true);
    setFailed(null);
    try {
      const asked =
        by === "conversation"
          ? { by, text, clientKey: key, seenPosition: conversation?.seenPosition ?? null }
          : { by, to, subject: "", message };
      await ask(`/draft-orders/${draftOrder.id}/invoice`, posting(asked));
      setKey(crypto.randomUUID());
      shopify.toast.show("Invoice sent");
      onSent();
    } catch (error) {
      setFailed(
        error instanceof AskFailed ? error : new AskFailed(0, "failed", "The invoice was not sent. Try again."),
      );
    }
    setSending(false);
  };
  const at = (field: string) => failed?.fields.find((one) => one.field === field)?.message;
  const elsewhere =
    failed && !failed.fields.some(({ field }) => ["text", "to"].includes(field)) ? failed.message : null;
  return (
    <Card>
      <BlockStack gap="400">
        <Text as="h2" variant="headingMd">
          Invoice
        </Text>
        {draftOrder.invoiceUrl ? (
          <Text as="p" variant="bodySm" tone="subdued">
            Payment link:{" "}
            <span className={styles.link}>
              <Link url={draftOrder.invoiceUrl} target="_blank">
                {draftOrder.invoiceUrl}
              </Link>
            </span>
          </Text>
        ) : null}
        {conversation ? (
          <ChoiceList
            title="Send it"
            choices={[
              { label: "Into the conversation", value: "conversation" },
              { label: "By e-mail from Shopify", value: "e-mail" },
            ]}
            selected={[by]}
            onChange={([chosen]) => setBy(chosen as typeof by)}
          />
        ) : null}
        {elsewhere ? (
          <Banner tone="critical">
            <BlockStack gap="100">
              <Text as="p">{elsewhere}</Text>
              {failed?.code === "stale" && conversation ? (
                <Link url={`/inbox/${conversation.id}`}>Open the conversation</Link>
              ) : null}
            </BlockStack>
          </Banner>
        ) : null}
        {by === "conversation" ? (
          <TextField
            label="Invoice message"
            value={text}
            onChange={setText}
            error={at("text")}
            multiline={3}
            autoComplete="off"
            maxLength={5_000}
          />
        ) : (
          <>
            <TextField label="To" type="email" value={to} onChange={setTo} error={at("to")} autoComplete="off" />
            <TextField
              label="Personal message"
              value={message}
              onChange={setMessage}
              multiline={2}
              autoComplete="off"
              maxLength={5_000}
            />
          </>
        )}
        <InlineStack gap="300" blockAlign="center">
          <Button variant="primary" loading={sending} disabled={changed} onClick={send}>
            Send invoice
          </Button>
          {changed ? (
            <Text as="span" tone="subdued">
              Save your changes first.
            </Text>
          ) : null}
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
