import { Banner, BlockStack, Checkbox, InlineGrid, Modal, SkeletonBodyText, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { MergePreview, MergeSide } from "~/customers/merging/preview";
import { personName } from "~/customers/name";
import type { Profile } from "~/customers/profile";
import { AskFailed, ask } from "../ask";
import { PersonPicker } from "./person-picker";
import { Against } from "./suggestions-card";
import { useAct } from "./use-act";

interface MergeDialogProps {
  person: Pick<Profile, "id" | "customerIds" | "name" | "email" | "phone">;
  /** Whom to merge with, when that is clear already. */
  other: string | null;
  onClose(): void;
}

/** Search a person, see what would come together and what speaks against it, and say so. */
export function MergeDialog({ person, other, onClose }: MergeDialogProps) {
  const [key, setKey] = useState(other);
  const { preview, problem } = usePreview(person.id, key);
  const [sure, setSure] = useState(false);
  const [reason, setReason] = useState("");
  const { act, busy, problem: refused } = useAct(person.id, onClose);
  const against = preview?.contradictions ?? [];
  const ready = key !== null && preview !== null && !preview.alreadyOne && (sure || against.length === 0);

  return (
    <Modal
      open
      onClose={onClose}
      title={`Merge ${personName(person)}`}
      primaryAction={{
        content: "Merge",
        disabled: !ready,
        loading: busy,
        onAction: () => act({ act: "merge", other: key ?? "", seen: against.map((one) => one.key), reason }),
      }}
      secondaryActions={[
        ...(key !== null && other === null ? [{ content: "Choose another", onAction: () => setKey(null) }] : []),
        { content: "Cancel", onAction: onClose },
      ]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {refused ? <Banner tone="critical">{refused.message}</Banner> : null}
          {key === null ? (
            <PersonPicker without={person.customerIds} onPick={(picked) => setKey(picked.key)} />
          ) : problem ? (
            <Banner tone="critical">{problem}</Banner>
          ) : preview === null ? (
            <SkeletonBodyText lines={4} />
          ) : preview.alreadyOne ? (
            <Banner tone="info">They are one person already.</Banner>
          ) : (
            <>
              <InlineGrid columns={{ xs: 1, sm: 2 }} gap="400">
                {preview.sides.map((side) => (
                  <Side key={side.id} side={side} />
                ))}
              </InlineGrid>
              {against.length > 0 ? (
                <>
                  <Against words={against.map((one) => one.words)} />
                  <Checkbox label="They are the same person all the same" checked={sure} onChange={setSure} />
                </>
              ) : null}
              <TextField
                label="Why (optional)"
                value={reason}
                onChange={setReason}
                autoComplete="off"
                maxLength={500}
                helpText="Your team sees it in the history of merges."
              />
              <Text as="p" tone="subdued">
                Your team then sees one person with one timeline. Nothing opens to the customer, nothing changes in
                Shopify, and you can undo it at any time.
              </Text>
            </>
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

function Side({ side }: { side: MergeSide }) {
  const { conversations, orders, carts, notes, browsers } = side.counts;
  const counts = [
    count(conversations, "conversation"),
    // Of the others this app is told nothing.
    orders === 0 ? "" : `${count(orders, "order")} of the last 60 days`,
    count(carts, "cart"),
    count(notes, "note"),
    count(browsers, "browser"),
  ].filter(Boolean);
  return (
    <BlockStack gap="100">
      <Text as="h3" variant="headingSm" breakWord>
        <bdi>{personName(side)}</bdi>
      </Text>
      {[side.email, side.phone].map((one) =>
        one ? (
          <Text key={one} as="p" variant="bodySm" breakWord>
            <bdi>{one}</bdi>
          </Text>
        ) : null,
      )}
      <Text as="p" variant="bodySm" tone="subdued">
        {side.shopifyCustomerId ? "Customer in Shopify" : "Not a customer in Shopify"}
      </Text>
      <Text as="p" variant="bodySm" tone="subdued">
        {counts.length > 0 ? counts.join(", ") : "Nothing kept yet"}
      </Text>
    </BlockStack>
  );
}

function count(number: number, what: string): string {
  return number === 0 ? "" : number === 1 ? `1 ${what}` : `${number} ${what}s`;
}

function usePreview(customerId: string, key: string | null): { preview: MergePreview | null; problem: string | null } {
  const [answer, setAnswer] = useState<{ key: string; preview: MergePreview | null; problem: string | null } | null>(
    null,
  );
  useEffect(() => {
    if (key === null) return;
    let over = false;
    ask<{ preview: MergePreview }>(`/customers/${customerId}/preview?with=${encodeURIComponent(key)}`)
      .then(({ preview }) => !over && setAnswer({ key, preview, problem: null }))
      .catch((error: unknown) => {
        const problem = error instanceof AskFailed ? error.message : "This could not be read. Try again.";
        if (!over) setAnswer({ key, preview: null, problem });
      });
    return () => {
      over = true;
    };
  }, [customerId, key]);
  return answer && answer.key === key ? answer : { preview: null, problem: null };
}
