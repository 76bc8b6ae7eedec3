import { useNavigation, useSearchParams } from "@remix-run/react";
import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  Collapsible,
  Icon,
  InlineStack,
  Text,
  TextField,
} from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useId, useState } from "react";
import type { ReceiptRow } from "~/privacy/receipts";
import { useAdmin } from "../admin-context";
import { AskFailed } from "../ask";
import { dayAndTime } from "../time";
import { download } from "./download";
import { ReceiptLines } from "./receipt-lines";

/** What was erased, with its signed receipt; found by what the person was called, which the receipts do not tell. */
export function Receipts({ rows, name }: { rows: ReceiptRow[]; name: string | null }) {
  const [, setParams] = useSearchParams();
  const navigation = useNavigation();
  const [typed, setTyped] = useState(name ?? "");
  const looking = navigation.state === "loading" && navigation.location.pathname === "/settings/privacy";
  const find = (text: string) =>
    setParams(text.trim() ? { of: text.trim() } : {}, { replace: true, preventScrollReset: true });
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Erasures
          </Text>
          <Text as="p" tone="subdued">
            When Shopify passes on that a customer wants to be forgotten, everything of them is erased here, and a
            signed receipt says what. To erase somebody yourself, open their page under Customers.
          </Text>
        </BlockStack>
        {rows.length > 0 || name ? (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              find(typed);
            }}
          >
            <TextField
              label="Find the receipt of a person"
              helpText="Their e-mail address, phone number, or customer number. Receipts name nobody, so the whole of it is needed."
              autoComplete="off"
              prefix={<Icon source={SearchIcon} tone="subdued" />}
              value={typed}
              onChange={setTyped}
              clearButton
              onClearButtonClick={() => {
                setTyped("");
                find("");
              }}
              connectedRight={
                <Button submit loading={looking}>
                  Find
                </Button>
              }
            />
          </form>
        ) : null}
        {rows.length === 0 ? (
          <Text as="p" tone="subdued">
            {name ? "No receipt is about a person of that name, address or number." : "Nobody was erased yet."}
          </Text>
        ) : null}
        {rows.map((row) => (
          <OneReceipt key={row.receipt.id} row={row} />
        ))}
      </BlockStack>
    </Card>
  );
}

function OneReceipt({ row: { receipt, genuine, askedBy } }: { row: ReceiptRow }) {
  const { locale, shop } = useAdmin();
  const [open, setOpen] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const id = useId();
  const when = dayAndTime(receipt.at, locale, shop.timeZone);
  const erased = receipt.erased.reduce((sum, line) => sum + line.rows, 0);
  const take = async () => {
    setFailed(null);
    try {
      await download(`/receipts/${receipt.id}`, `erasure-${receipt.at.slice(0, 10)}-${receipt.id.slice(-6)}.json`);
    } catch (error) {
      setFailed(error instanceof AskFailed ? error.message : "The receipt could not be loaded.");
    }
  };
  return (
    <BlockStack gap="200">
      <InlineStack align="space-between" blockAlign="center" gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="span" fontWeight="medium">
            {when}
          </Text>
          <Text as="span" tone="subdued">
            {`${erased.toLocaleString(locale)} ${erased === 1 ? "row" : "rows"} erased, asked by ${askedBy}`}
          </Text>
          {genuine ? <Badge tone="success">Signature valid</Badge> : <Badge tone="critical">Signature not valid</Badge>}
        </InlineStack>
        <InlineStack gap="300">
          <Button
            variant="plain"
            disclosure={open ? "up" : "down"}
            ariaExpanded={open}
            ariaControls={id}
            onClick={() => setOpen(!open)}
            accessibilityLabel={`Details of what was erased on ${when}`}
          >
            Details
          </Button>
          <Button variant="plain" onClick={() => void take()} accessibilityLabel={`Download the receipt of ${when}`}>
            Download
          </Button>
        </InlineStack>
      </InlineStack>
      {failed ? <Banner tone="critical">{failed}</Banner> : null}
      <Collapsible id={id} open={open}>
        <ReceiptLines receipt={receipt} />
      </Collapsible>
    </BlockStack>
  );
}
