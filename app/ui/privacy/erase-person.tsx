import { useNavigate } from "@remix-run/react";
import {
  Banner,
  BlockStack,
  Button,
  Card,
  InlineStack,
  List,
  Modal,
  SkeletonBodyText,
  Text,
  TextField,
} from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { BeforeErasing } from "~/privacy/erase-person";
import type { Receipt } from "~/privacy/receipt";
import { AskFailed, ask, posting } from "../ask";
import { ReceiptLines } from "./receipt-lines";

/** Erases a person for good, once their name was typed; shows the receipt. For the foot of a customer's page. */
export function ErasePerson({ customerId }: { customerId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Erase this person
        </Text>
        <Text as="p" tone="subdued">
          For when they ask you to forget them. When they ask Shopify, it happens by itself.
        </Text>
        <InlineStack>
          <Button tone="critical" onClick={() => setOpen(true)}>
            Erase…
          </Button>
        </InlineStack>
      </BlockStack>
      {open ? <Confirm customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

function Confirm({ customerId, onClose }: { customerId: string; onClose(): void }) {
  const navigate = useNavigate();
  const [before, setBefore] = useState<BeforeErasing | null>(null);
  const [typed, setTyped] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const [receipt, setReceipt] = useState<Receipt | null>(null);

  useEffect(() => {
    ask<BeforeErasing>(`/customers/${customerId}/erase`).then(setBefore, (error: unknown) =>
      setProblem(error instanceof AskFailed ? error.message : "This could not be loaded."),
    );
  }, [customerId]);
  const erase = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const answer = await ask<{ receipt: Receipt }>(`/customers/${customerId}/erase`, posting({ typed }), 300);
      setReceipt(answer.receipt);
    } catch (error) {
      setProblem(error instanceof AskFailed ? error.message : "Nothing was erased. Try again.");
    }
    setBusy(false);
  };
  const matches = before !== null && typed.trim().toLowerCase() === before.word.toLowerCase();
  if (receipt) {
    const leave = () => navigate("/customers");
    return (
      <Modal open onClose={leave} title="This person was erased" primaryAction={{ content: "Done", onAction: leave }}>
        <Modal.Section>
          <BlockStack gap="300">
            <Text as="p">The signed receipt is in Settings, under Privacy and consent.</Text>
            <ReceiptLines receipt={receipt} />
          </BlockStack>
        </Modal.Section>
      </Modal>
    );
  }
  return (
    <Modal
      open
      onClose={onClose}
      title="Erase this person?"
      primaryAction={{
        content: "Erase for good",
        destructive: true,
        disabled: !matches,
        loading: busy,
        onAction: () => void erase(),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: busy }]}
    >
      <Modal.Section>
        <BlockStack gap="300">
          {problem ? <Banner tone="critical">{problem}</Banner> : null}
          {!before && !problem ? <SkeletonBodyText lines={5} /> : null}
          {before ? (
            <>
              <List>
                <List.Item>
                  {before.conversations > 0
                    ? `Their ${before.conversations === 1 ? "conversation goes" : `${before.conversations} conversations go`}, with all messages, notes and files, and all that is known of their browsers, carts and addresses.`
                    : "All that is known of their browsers, carts and addresses goes."}
                </List.Item>
                {before.leaves > 1 ? (
                  <List.Item>{`They were merged from ${before.leaves} records: all of them are erased.`}</List.Item>
                ) : null}
                <List.Item>Orders and sales stay as numbers and sums, without the person.</List.Item>
                {before.shopifyCustomers > 0 ? (
                  <List.Item>
                    Shopify keeps its own record of the customer: erase them there too. What Shopify tells of them later
                    is not kept here.
                  </List.Item>
                ) : null}
                <List.Item>This cannot be undone.</List.Item>
              </List>
              <TextField
                label={`Type “${before.word}” to confirm`}
                autoComplete="off"
                value={typed}
                onChange={setTyped}
                disabled={busy}
              />
            </>
          ) : null}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
