import { Badge, Banner, BlockStack, Button, ButtonGroup, Card, Modal, Text } from "@shopify/polaris";
import { type ReactNode, useState } from "react";
import type { ConnectField } from "~/channels/channel";
import type { AccountView } from "~/settings/channels/connections";
import { useAdmin, useNow } from "../admin-context";
import { agoWords } from "../customers/endpoint-words";
import { age } from "../time";
import styles from "./channels.module.css";
import { ConnectForm } from "./connect-form";
import { ToPasteLine } from "./copy-line";
import { RenameDialog } from "./rename-dialog";
import { pasteWords } from "./steps";
import { useChannelAct } from "./use-act";
import { missedWords, moment, stateBadges, tokenWords, type When } from "./words";

interface AccountCardProps {
  account: AccountView;
  fields: readonly ConnectField[] | null;
}

/** One account: how it is, and what can be done with it. */
export function AccountCard({ account, fields }: AccountCardProps) {
  const { locale, shop } = useAdmin();
  const when: When = { now: useNow(), locale, timeZone: shop.timeZone };
  const [editing, setEditing] = useState(false);
  const [leaving, setLeaving] = useState(false);
  const [naming, setNaming] = useState(false);
  const { act, busy, problem, tested } = useChannelAct(account.kind, () => setLeaving(false));
  const badge = stateBadges[account.state];
  const ago = (at: string | null) => (at ? agoWords(age(at, when.now, locale, shop.timeZone)) : "Never");
  const token = tokenWords(account, when);
  const paused = account.state === "paused";
  return (
    <Card>
      <BlockStack gap="400">
        <div className={styles.head}>
          <Text as="h2" variant="headingMd" breakWord>
            <bdi>{account.name}</bdi>
          </Text>
          <Badge {...(badge.tone ? { tone: badge.tone } : {})}>{badge.words}</Badge>
        </div>
        {account.error ? (
          <Banner tone="critical" title={account.error.words}>
            <p>Since {moment(account.error.at, when)}.</p>
          </Banner>
        ) : null}
        {token && account.token !== "good" ? (
          <Banner tone={account.token === "ended" ? "critical" : "warning"} title={token} />
        ) : null}
        {paused ? (
          <Banner tone="info" title="Nothing is sent from this account while it is paused">
            <p>What people write is taken in all the same.</p>
          </Banner>
        ) : null}
        {problem ? <Banner tone="critical" title={problem.message} /> : null}
        {tested ? (
          <div role="status">
            <Banner tone={tested.ok ? "success" : "critical"} title={tested.words} />
          </div>
        ) : null}
        <dl className={styles.facts}>
          <Fact name="Account">
            <bdi>{account.externalId}</bdi>
          </Fact>
          <Fact name="Last in">{ago(account.lastInAt)}</Fact>
          <Fact name="Last out">{ago(account.lastOutAt)}</Fact>
          <Fact name="Last tested">{ago(account.checkedAt)}</Fact>
          {token && account.token === "good" ? <Fact name="Access token">{token}</Fact> : null}
          {account.canBeMissed ? <Fact name="Missed messages">{missedWords(account.missed, when)}</Fact> : null}
        </dl>
        {account.toPaste.map(({ what, value }) => (
          <ToPasteLine key={what} {...pasteWords(account.kind, what)} value={value} />
        ))}
        {editing && fields ? (
          <ConnectForm
            kind={account.kind}
            fields={fields}
            account={account}
            onDone={() => setEditing(false)}
            onCancel={() => setEditing(false)}
          />
        ) : (
          <ButtonGroup>
            <Button loading={busy === "test"} onClick={() => act({ act: "test", accountId: account.id })}>
              Test connection
            </Button>
            {fields ? <Button onClick={() => setEditing(true)}>Change</Button> : null}
            <Button
              loading={busy === "pause" || busy === "resume"}
              onClick={() => act({ act: paused ? "resume" : "pause", accountId: account.id })}
            >
              {paused ? "Resume" : "Pause"}
            </Button>
            {account.canBeMissed ? (
              <Button loading={busy === "look"} onClick={() => act({ act: "look", accountId: account.id })}>
                Look for missed messages
              </Button>
            ) : null}
            <Button onClick={() => setNaming(true)}>Rename</Button>
            <Button tone="critical" onClick={() => setLeaving(true)}>
              Disconnect
            </Button>
          </ButtonGroup>
        )}
      </BlockStack>
      <RenameDialog account={account} open={naming} onClose={() => setNaming(false)} />
      <Modal
        open={leaving}
        onClose={() => setLeaving(false)}
        title={`Disconnect ${account.name}?`}
        primaryAction={{
          content: "Disconnect",
          destructive: true,
          loading: busy === "disconnect",
          onAction: () => act({ act: "disconnect", accountId: account.id }),
        }}
        secondaryActions={[{ content: "Cancel", onAction: () => setLeaving(false) }]}
      >
        <Modal.Section>
          <BlockStack gap="200">
            <Text as="p">
              Nothing more comes in or goes out, and the credentials are forgotten. Replies that still wait are not
              sent.
            </Text>
            <Text as="p">
              Every conversation stays as it is. When you connect the same account again, they go on where they were.
            </Text>
          </BlockStack>
        </Modal.Section>
      </Modal>
    </Card>
  );
}

function Fact({ name, children }: { name: string; children: ReactNode }) {
  return (
    <>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </>
  );
}
