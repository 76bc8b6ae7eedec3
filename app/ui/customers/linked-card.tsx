import { BlockStack, Button, Card, InlineError, InlineStack, Link, Modal, Select, Text } from "@shopify/polaris";
import { useState } from "react";
import { linkKinds } from "~/customers/link-kinds";
import { personName } from "~/customers/name";
import type { Known } from "~/customers/page/known";
import styles from "./customers.module.css";
import { PersonPicker, type Picked } from "./person-picker";
import { useAct } from "./use-act";

const kindLabels: Record<(typeof linkKinds)[number], string> = {
  household: "Lives in the same household as",
  "gift-giver": "Gives gifts to",
  assistant: "Is the assistant of",
  colleague: "Works in the same company as",
};

/** People who belong to this one and stay people of their own. */
export function LinkedPeople({ customerId, links }: { customerId: string; links: Known["links"] }) {
  const [open, setOpen] = useState(false);
  return (
    <Card>
      <BlockStack gap="200">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Linked people
          </Text>
          <Button variant="plain" onClick={() => setOpen(true)}>
            Link a person
          </Button>
        </InlineStack>
        {links.length === 0 ? (
          <Text as="p" tone="subdued">
            Nobody yet. Link a household, an assistant or a colleague without merging them.
          </Text>
        ) : (
          <ul className={styles.plain} aria-label="Linked people">
            {links.map((one) => (
              <li key={one.id} className={styles.item}>
                <OneLink customerId={customerId} link={one} />
              </li>
            ))}
          </ul>
        )}
      </BlockStack>
      {open ? <LinkDialog customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </Card>
  );
}

function OneLink({ customerId, link }: { customerId: string; link: Known["links"][number] }) {
  const { act, busy, problem } = useAct(customerId);
  const name = personName(link.other);
  return (
    <InlineStack align="space-between" blockAlign="center" gap="200" wrap={false}>
      <div className={styles.words}>
        <Link url={`/customers/${link.other.id}`} removeUnderline>
          <bdi>{name}</bdi>
        </Link>
        <Text as="p" variant="bodySm" tone="subdued">
          {link.words}
        </Text>
        {problem ? <InlineError message={problem.message} fieldID={`link-${link.id}`} /> : null}
      </div>
      <Button
        variant="plain"
        loading={busy}
        onClick={() => act({ act: "unlink", linkId: link.id })}
        accessibilityLabel={`Remove the link to ${name}`}
      >
        Remove
      </Button>
    </InlineStack>
  );
}

function LinkDialog({ customerId, onClose }: { customerId: string; onClose(): void }) {
  const [picked, setPicked] = useState<Picked | null>(null);
  const [kind, setKind] = useState<string>("household");
  const { act, busy, problem } = useAct(customerId, onClose);
  return (
    <Modal
      open
      onClose={onClose}
      title="Link a person"
      primaryAction={{
        content: "Link",
        disabled: picked === null,
        loading: busy,
        onAction: () => act({ act: "link", other: picked?.key ?? "", kind }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          <Select
            label="This customer"
            options={linkKinds.map((value) => ({ value, label: kindLabels[value] }))}
            value={kind}
            onChange={setKind}
          />
          {picked ? (
            <InlineStack gap="200" blockAlign="center" align="space-between">
              <Text as="p" fontWeight="medium" breakWord>
                <bdi>{picked.name}</bdi>
              </Text>
              <Button variant="plain" onClick={() => setPicked(null)}>
                Choose another
              </Button>
            </InlineStack>
          ) : (
            <PersonPicker without={[customerId]} onPick={setPicked} />
          )}
          {problem ? <InlineError message={problem.message} fieldID="link-person" /> : null}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
