import { TitleBar } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Card, List, Page, Text } from "@shopify/polaris";
import type { LastReconcile } from "~/shopify-data/last-reconcile";
import type { SyncProgress } from "~/shopify-data/sync/progress";
import { useAdmin } from "../admin-context";
import { dayAndTime } from "../time";
import { KindRow } from "./kind-row";
import { fieldsInWords, kindWords } from "./words";

interface SyncPageProps {
  progress: SyncProgress;
  lastCheck: LastReconcile | null;
  /** Whether the request to sync again is under way, and what was wrong with it. */
  asking: boolean;
  failed: string | null;
  onSync: () => void;
}

/** "Shopify data" behind Settings: what is here of it, how far a sync is, and what could not be had. */
export function SyncPage({ progress, lastCheck, asking, failed, onSync }: SyncPageProps) {
  const { locale, shop } = useAdmin();
  const when = (at: string) => dayAndTime(at, locale, shop.timeZone);
  const { running, kinds, denied, lastFinishedAt } = progress;
  const incomplete = kinds.filter((one) => one.state === "failed" || one.state === "stopped");
  return (
    <Page
      title="Shopify data"
      backAction={{ content: "Settings", url: "/settings" }}
      primaryAction={{
        content: kinds.length === 0 ? "Sync now" : "Sync again",
        onAction: onSync,
        loading: asking,
        disabled: running,
      }}
    >
      <TitleBar title="Shopify data" />
      <BlockStack gap="400">
        {failed ? (
          <Banner tone="critical" title="The sync did not begin">
            <p>{failed}</p>
          </Banner>
        ) : null}
        {!running && incomplete.length > 0 ? (
          <Banner tone="warning" title="Not everything came in">
            <p>
              {`${incomplete.map((one) => kindWords[one.kind]).join(", ")}: see below why. What came in before stays, and Sync again asks for all of it once more.`}
            </p>
          </Banner>
        ) : null}
        <Card padding="0">
          <div aria-live="polite" aria-busy={running}>
            <div style={{ padding: "var(--p-space-400)" }}>
              <BlockStack gap="100">
                <Text as="h2" variant="headingMd">
                  {running
                    ? "Coming in from Shopify"
                    : kinds.length === 0
                      ? "Nothing is here yet"
                      : "Here from Shopify"}
                </Text>
                <Text as="p" tone="subdued">
                  {running
                    ? "You can go on working, and close this page. What changes in Shopify meanwhile is taken along."
                    : kinds.length === 0
                      ? "The first sync begins by itself within a few minutes."
                      : lastFinishedAt
                        ? `Complete since ${when(lastFinishedAt)}, and kept up to date by every change that Shopify tells.`
                        : "Kept up to date by every change that Shopify tells."}
                </Text>
              </BlockStack>
            </div>
            {kinds.map((one) => (
              <KindRow key={one.kind} progress={one} />
            ))}
          </div>
        </Card>
        {denied.length > 0 ? (
          <Card>
            <BlockStack gap="200">
              <Text as="h2" variant="headingMd">
                Not permitted
              </Text>
              <Text as="p" tone="subdued">
                Shopify keeps these from this app until its access to protected customer data is approved. They are
                shown as “not permitted”, which does not mean that they are empty.
              </Text>
              <List>
                {denied.map(({ kind, fields }) => (
                  <List.Item key={kind}>{`${kindWords[kind]}: ${fieldsInWords(fields)}`}</List.Item>
                ))}
              </List>
            </BlockStack>
          </Card>
        ) : null}
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              Checked against Shopify
            </Text>
            <Text as="p">{lastCheck ? checkWords(lastCheck, when) : "This has not happened yet."}</Text>
            <Text as="p" tone="subdued">
              Now and then Shopify's messages about changes are lost. What changed is therefore compared with Shopify
              regularly, and what was missing is put right.
            </Text>
          </BlockStack>
        </Card>
        <Card>
          <BlockStack gap="200">
            <Text as="h2" variant="headingMd">
              What Sync again does
            </Text>
            <Text as="p" tone="subdued">
              It asks Shopify for everything once more and compares it with what is here. What is the same is left
              alone, what differs is put right, nothing is doubled, and conversations are not touched. It takes about as
              long as the first time. Orders are those that Shopify shows to this app: as a rule the last 60 days.
            </Text>
          </BlockStack>
        </Card>
      </BlockStack>
    </Page>
  );
}

function checkWords(check: LastReconcile, when: (at: string) => string): string {
  if (!check.endedAt) return `Under way since ${when(check.startedAt)}.`;
  const repaired = check.missing + check.stale + check.gone;
  const looked = `${check.compared.toLocaleString("en")} records looked at, ${when(check.endedAt)}`;
  if (check.failed) return `${looked}. It did not come to its end and is done again.`;
  if (repaired === 0) return `${looked}: everything was right.`;
  const parts = [
    check.missing > 0 ? `${check.missing.toLocaleString("en")} were missing` : null,
    check.stale > 0 ? `${check.stale.toLocaleString("en")} were out of date` : null,
    check.gone > 0 ? `${check.gone.toLocaleString("en")} are gone in Shopify` : null,
  ].filter(Boolean);
  return `${looked}: ${parts.join(", ")}. All of it was put right.`;
}
