import { Badge, Banner, BlockStack, Button, Card, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";
import type { DataRequestRow } from "~/privacy/data-requests";
import { useAdmin } from "../admin-context";
import { AskFailed, askBlob } from "../ask";
import { dayAndTime } from "../time";

/** Customers who asked to see what is kept of them: the answer is gathered, staff hand it over. */
export function DataRequests({ requests }: { requests: DataRequestRow[] }) {
  const { locale, shop } = useAdmin();
  const [busy, setBusy] = useState<string | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [done, setDone] = useState<Set<string>>(new Set());
  if (requests.length === 0) return null;

  const download = async (id: string) => {
    setBusy(id);
    setFailed(null);
    try {
      const url = URL.createObjectURL(await askBlob(`/data-requests/${id}`));
      const link = Object.assign(document.createElement("a"), { href: url, download: `data-request-${id}.json` });
      link.click();
      URL.revokeObjectURL(url);
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
            These customers asked what your store keeps of them. Send each their file within 30 days.
          </Text>
        </BlockStack>
        {failed ? <Banner tone="critical">{failed}</Banner> : null}
        {requests.map((one) => {
          const number = one.shopifyCustomerId.split("/").at(-1);
          const asked = dayAndTime(one.requestedAt, locale, shop.timeZone);
          return (
            <InlineStack key={one.id} align="space-between" blockAlign="center" gap="200">
              <InlineStack gap="200" blockAlign="center">
                <Link url={`shopify://admin/customers/${number}`} target="_top">{`Customer ${number}`}</Link>
                <Text as="span" tone="subdued">{`Asked ${asked}`}</Text>
                {one.downloadedAt || done.has(one.id) ? <Badge tone="success">Downloaded</Badge> : <Badge>New</Badge>}
              </InlineStack>
              <Button
                loading={busy === one.id}
                onClick={() => download(one.id)}
                accessibilityLabel={`Download the data of customer ${number}`}
              >
                Download
              </Button>
            </InlineStack>
          );
        })}
      </BlockStack>
    </Card>
  );
}
