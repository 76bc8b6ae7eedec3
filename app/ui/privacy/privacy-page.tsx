import { TitleBar } from "@shopify/app-bridge-react";
import { BlockStack, Card, Link, Page, Text } from "@shopify/polaris";
import type { DataRequestRow } from "~/privacy/data-requests";
import type { ReceiptRow } from "~/privacy/receipts";
import type { Retention } from "~/privacy/retention-bounds";
import type { LastRun } from "~/privacy/save-retention";
import { DataRequests } from "./data-requests";
import { Receipts } from "./receipts";
import { RetentionForm } from "./retention-form";

interface PrivacyPageProps {
  dataRequests: DataRequestRow[];
  receipts: ReceiptRow[];
  /** Whose receipts were looked for. */
  name: string | null;
  retention: Retention;
  lastRun: LastRun | null;
  privacyPolicyUrl: string | null;
}

/** "Privacy and consent" behind Settings. */
export function PrivacyPage({ dataRequests, receipts, name, retention, lastRun, privacyPolicyUrl }: PrivacyPageProps) {
  return (
    <Page title="Privacy and consent" backAction={{ content: "Settings", url: "/settings" }}>
      <TitleBar title="Privacy and consent" />
      <BlockStack gap="400">
        <DataRequests requests={dataRequests} />
        <Receipts rows={receipts} name={name} />
        <RetentionForm retention={retention} lastRun={lastRun} />
        <Card>
          <BlockStack gap="100">
            <Text as="h2" variant="headingMd">
              What shoppers read
            </Text>
            <Text as="p" tone="subdued" breakWord>
              {privacyPolicyUrl
                ? `The line over their first message links to ${privacyPolicyUrl}. `
                : "The line over their first message has no link to your privacy policy yet. "}
              <Link url="/settings">{privacyPolicyUrl ? "Change the link" : "Add the link"}</Link>
            </Text>
            <Text as="p" tone="subdued">
              What a customer allowed and forbade stands on their page under Customers.
            </Text>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}
