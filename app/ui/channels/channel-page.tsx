import { TitleBar } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Button, Card, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { channelNames } from "~/channels/kinds";
import type { ConnectionPage } from "~/settings/channels/connections";
import { AccountCard } from "./account-card";
import { AsideCard } from "./aside-card";
import styles from "./channels.module.css";
import { ConnectForm } from "./connect-form";
import { ToPasteLine } from "./copy-line";
import { guides } from "./steps";

/** One channel behind Settings: its accounts, how another one is connected, and what could not be read. */
export function ChannelPage({ connection, aside, operatorsDoor }: ConnectionPage) {
  const { kind, accounts, fields, missing } = connection;
  const name = channelNames[kind];
  const [adding, setAdding] = useState(false);
  const [made, setMade] = useState<string[]>([]);
  const guide = guides[kind];
  const count = accounts.reduce((sum, one) => sum + one.aside, 0);
  const form = accounts.length === 0 || adding;
  return (
    <Page title={name} subtitle={guide.words} backAction={{ content: "Channels", url: "/settings/channels" }}>
      <TitleBar title={name} />
      <BlockStack gap="400">
        {made.length > 0 ? (
          <Banner tone="warning" title="Copy this secret now: it is never shown again" onDismiss={() => setMade([])}>
            {made.map((secret) => (
              <ToPasteLine
                key={secret}
                title="Secret"
                words="Your system signs what it posts with it."
                value={secret}
              />
            ))}
          </Banner>
        ) : null}
        {accounts.map((account) => (
          <AccountCard key={account.id} account={account} fields={fields} />
        ))}
        {aside.length > 0 ? <AsideCard kind={kind} rows={aside} count={Math.max(count, aside.length)} /> : null}
        {fields === null ? (
          <Banner tone="info" title={`${name} cannot be connected in this version`} />
        ) : missing.length > 0 ? (
          <Banner tone="warning" title={`${name} is not set up on the server yet`}>
            <p>
              {`Whoever runs this app must set ${missing.join(", ")} first. docs/channels/${kind}.md says where they come from.`}
            </p>
          </Banner>
        ) : form ? (
          <Card>
            <BlockStack gap="400">
              <Text as="h2" variant="headingMd">
                {accounts.length === 0 ? `Connect ${name}` : "Connect another account"}
              </Text>
              <ol className={styles.steps}>
                {guide.steps.map((step) => (
                  <li key={step}>{step}</li>
                ))}
              </ol>
              <ConnectForm
                kind={kind}
                fields={fields}
                account={null}
                onDone={(secrets) => {
                  setAdding(false);
                  setMade(secrets);
                }}
                {...(accounts.length > 0 ? { onCancel: () => setAdding(false) } : {})}
              />
            </BlockStack>
          </Card>
        ) : (
          <div>
            <Button onClick={() => setAdding(true)}>Connect another account</Button>
          </div>
        )}
        {operatorsDoor && missing.length > 0 ? (
          <Card>
            <ToPasteLine title="Webhook address" words={guide.webhook ?? ""} value={operatorsDoor} />
          </Card>
        ) : null}
        <Text as="p" tone="subdued" alignment="center">
          {`Every step at the provider, with what can go wrong, is in docs/channels/${kind}.md.`}
        </Text>
      </BlockStack>
    </Page>
  );
}
