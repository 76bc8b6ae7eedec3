import { BlockStack, Card, Link, Text, TextField } from "@shopify/polaris";
import { NotPermitted } from "../not-permitted";
import { TagsField } from "./tags-field";
import type { Draft } from "./use-draft";

interface DetailsProps {
  draft: Draft;
  locked: boolean;
  customerName: string | null;
  /** What Shopify does not let the app see of the customer. */
  withheld: readonly string[];
}

/** For whom, kept until when, with which note and tags. */
export function Details({ draft, locked, customerName, withheld }: DetailsProps) {
  const { form, edit, problem } = draft;
  return (
    <BlockStack gap="400">
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Customer
          </Text>
          {customerName ? (
            <Text as="p" breakWord>
              <bdi>{customerName}</bdi>
            </Text>
          ) : null}
          <NotPermitted what={withheld} />
          <TextField
            label="E-mail"
            type="email"
            value={form.email}
            onChange={(email) => edit({ email })}
            error={problem("email")}
            autoComplete="off"
            disabled={locked}
            helpText={form.shopifyCustomerId ? undefined : "The order goes to the customer with this address."}
          />
          {form.conversationId ? <Link url={`/inbox/${form.conversationId}`}>Open the conversation</Link> : null}
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Reserve items
          </Text>
          <TextField
            label="Until"
            type="datetime-local"
            value={form.reserveUntil ? localText(form.reserveUntil) : ""}
            onChange={(text) => edit({ reserveUntil: text ? isoText(text) : null })}
            error={problem("reserveUntil")}
            autoComplete="off"
            disabled={locked}
            helpText="Nobody else can buy these items until then."
          />
        </BlockStack>
      </Card>
      <Card>
        <BlockStack gap="300">
          <Text as="h2" variant="headingMd">
            Note and tags
          </Text>
          <TextField
            label="Note"
            value={form.note}
            onChange={(note) => edit({ note })}
            error={problem("note")}
            multiline={3}
            maxHeight={240}
            autoComplete="off"
            disabled={locked}
          />
          <TagsField tags={form.tags} error={problem("tags")} locked={locked} onChange={(tags) => edit({ tags })} />
        </BlockStack>
      </Card>
    </BlockStack>
  );
}

/** An instant as the browser's date field has it, in the browser's own time zone. */
function localText(iso: string): string {
  const at = new Date(iso);
  if (Number.isNaN(at.getTime())) return "";
  return new Date(at.getTime() - at.getTimezoneOffset() * 60_000).toISOString().slice(0, 16);
}

function isoText(local: string): string {
  const at = new Date(local);
  return Number.isNaN(at.getTime()) ? local : at.toISOString();
}
