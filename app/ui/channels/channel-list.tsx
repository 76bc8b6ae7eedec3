import { TitleBar } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Card, Link, Page, Text } from "@shopify/polaris";
import { channelNames } from "~/channels/kinds";
import type { AccountView, Connection } from "~/settings/channels/connections";
import type { FormDoor } from "~/settings/form-sites";
import { useAdmin, useNow } from "../admin-context";
import { ChannelIcon } from "./channel-icon";
import styles from "./channels.module.css";
import { FormCard } from "./form-card";
import { guides } from "./steps";
import { asideWords, notConnected, stateBadges, tokenWords, trafficWords, type When, worstOf } from "./words";

/** "Channels" behind Settings: where people can write to the store, and how each of them is. */
export function ChannelList({ connections, form }: { connections: Connection[]; form: FormDoor }) {
  return (
    <Page title="Channels" backAction={{ content: "Settings", url: "/settings" }}>
      <TitleBar title="Channels" />
      <BlockStack gap="400">
        <Card padding="0">
          <ul className={styles.plain} aria-label="Channels">
            {connections.map((one) => (
              <ChannelRow key={one.kind} connection={one} />
            ))}
          </ul>
        </Card>
        <FormCard form={form} />
        <Text as="p" tone="subdued" alignment="center">
          The chat on your store needs no account: it is there as long as it is switched on in your theme.
        </Text>
      </BlockStack>
    </Page>
  );
}

function ChannelRow({ connection }: { connection: Connection }) {
  const { kind, accounts } = connection;
  const { locale, shop } = useAdmin();
  const when: When = { now: useNow(), locale, timeZone: shop.timeZone };
  const worst = worstOf(connection);
  const { words, tone } = worst ? stateBadges[worst] : notConnected;
  return (
    <li className={styles.row}>
      <span className={styles.icon}>
        <ChannelIcon kind={kind} />
      </span>
      <div className={styles.words}>
        <BlockStack gap="100">
          <div className={styles.head}>
            <Text as="h2" variant="headingSm">
              <Link url={`/settings/channels/${kind}`} removeUnderline monochrome>
                {channelNames[kind]}
              </Link>
            </Text>
            <Badge {...(tone ? { tone } : {})}>{words}</Badge>
          </div>
          {accounts.length === 0 ? (
            <Text as="p" tone="subdued">
              {guides[kind].words}
            </Text>
          ) : (
            accounts.map((account) => <AccountLines key={account.id} account={account} when={when} />)
          )}
        </BlockStack>
      </div>
    </li>
  );
}

function AccountLines({ account, when }: { account: AccountView; when: When }) {
  const token = account.token === "good" ? null : tokenWords(account, when);
  const aside = asideWords(account.aside);
  return (
    <div>
      <Text as="p">
        <bdi>{account.name}</bdi>
        {account.state === "paused" ? " (paused)" : ""}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {trafficWords(account, when)}
      </Text>
      {account.error ? (
        <Text as="p" variant="bodySm" tone="critical">
          {account.error.words}
        </Text>
      ) : null}
      {token ? (
        <Text as="p" variant="bodySm" tone={account.token === "ended" ? "critical" : "caution"}>
          {token}
        </Text>
      ) : null}
      {aside ? (
        <Text as="p" variant="bodySm" tone="caution">
          {aside}
        </Text>
      ) : null}
    </div>
  );
}
