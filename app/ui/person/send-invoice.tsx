import { useFetcher } from "@remix-run/react";
import { BlockStack, Box, Button, InlineError } from "@shopify/polaris";
import { useRef } from "react";
import type { DraftOrderBeside } from "~/customers/beside";

interface SendInvoiceProps {
  conversationId: string;
  draftOrder: DraftOrderBeside;
  seenPosition(): number;
}

/** Sends the payment link of a draft order into the conversation; pressed twice it is still one message. */
export function SendInvoice({ conversationId, draftOrder, seenPosition }: SendInvoiceProps) {
  const fetcher = useFetcher<{ done?: string; error?: { message: string } }>();
  const clientKey = useRef<string | null>(null);
  const problem = fetcher.state === "idle" ? fetcher.data?.error?.message : undefined;
  const send = () => {
    if (!clientKey.current || fetcher.data?.done) clientKey.current = crypto.randomUUID();
    fetcher.submit(
      {
        act: "send-invoice",
        draftOrderId: draftOrder.id,
        clientKey: clientKey.current,
        seenPosition: seenPosition(),
      },
      { method: "POST", action: `/inbox/${conversationId}`, encType: "application/json" },
    );
  };
  const id = `invoice-${draftOrder.id}`;
  return (
    <Box paddingBlockStart="100">
      <BlockStack gap="100">
        <Button
          size="slim"
          onClick={send}
          loading={fetcher.state !== "idle"}
          accessibilityLabel={draftOrder.status === "invoice_sent" ? "Send invoice again" : "Send invoice"}
        >
          {draftOrder.status === "invoice_sent" ? "Send invoice again" : "Send invoice"}
        </Button>
        {problem ? <InlineError message={problem} fieldID={id} /> : null}
      </BlockStack>
    </Box>
  );
}
