import { Badge, Banner, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";
import type { DataRequestRow } from "~/privacy/data-requests";
import { useAdmin } from "../admin-context";
import { AskFailed } from "../ask";
import { dayAndTime } from "../time";
import { download } from "./download";

/** Customers who asked to see what is kept of them: staff download the file and hand it over. */
export function DataRequests({ requests }: { requests: DataRequestRow[] }) {
  const { locale, shop } = useAdmin();
  const [busy, setBusy] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [done, setDone] = useState<Set<string>>(new Set());

  const take = async (id: string, number: string) => {
    setBusy(id);
    setFailed(null);
    try {
      await download(`/data-requests/${id}`, `data-of-customer-${number}.zip`);
      setDone((before) => new Set(before).add(id));
    } catch (error) {
      setFailed(error instanceof AskFailed ? error.message : "The file could not be loaded. Try again.");
    }
    setBusy(null);
  };
  return (
    <Card>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            Data requests
          </Text>
          <Text as="p" tone="subdued">
            {requests.length > 0
              ? "These customers asked what your store keeps of them. Send each their file within 30 days: a page to read, the same for programs, and the files they sent."
              : "No customer has asked what your store keeps of them. When one does, through Shopify, their file is here."}
          </Text>
        </BlockStack>
        {failed ? <Banner tone="critical">{failed}</Banner> : null}
        {requests.map((one) => {
          const number = one.shopifyCustomerId.split("/").at(-1) ?? "";
          const asked = dayAndTime(one.requestedAt, locale, shop.timeZone);
          return (
            <BlockStack key={one.id} gap="100">
              <InlineStack align="space-between" blockAlign="center" gap="200">
                <InlineStack gap="200" blockAlign="center">
                  <Link url={`shopify://admin/customers/${number}`} target="_top">{`Customer ${number}`}</Link>
                  <Text as="span" tone="subdued">{`Asked ${asked}`}</Text>
                  {one.downloadedAt || done.has(one.id) ? <Badge tone="success">Downloaded</Badge> : <Badge>New</Badge>}
                </InlineStack>
                <Button
                  loading={busy === one.id}
                  onClick={() => void take(one.id, number)}
                  accessibilityLabel={`Download the data of customer ${number}`}
                >
                  Download
                </Button>
              </InlineStack>
              <Unproven ids={one.unprovenConversationIds} />
            </BlockStack>
          );
        })}
      </BlockStack>
    </Card>
  );
}

const shown = 5;

/** What only staff can judge, because it may be a stranger's. */
function Unproven({ ids }: { ids: string[] }) {
  if (ids.length === 0) return null;
  return (
    <Text as="p" tone="subdued">
      {ids.length === 1
        ? "Not in the file: a conversation in which somebody typed this address without proof. Look at it: "
        : `Not in the file: ${ids.length} conversations in which somebody typed this address without proof. Look at them: `}
      {ids.slice(0, shown).map((id, index) => (
        <span key={id}>
          {index > 0 ? ", " : ""}
          <Link url={`/inbox/${id}`}>{ids.length === 1 ? "open it" : `conversation ${index + 1}`}</Link>
        </span>
      ))}
      {ids.length > shown ? ` and ${ids.length - shown} more` : ""}
    </Text>
  );
}
