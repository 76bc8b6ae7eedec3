import { Banner, BlockStack, Button, ButtonGroup, Card, InlineError, Link, Text } from "@shopify/polaris";
import type { Suggestion } from "~/customers/merging/decide-suggestions";
import { personName } from "~/customers/name";
import styles from "./customers.module.css";
import { useAct } from "./use-act";

interface SuggestionsProps {
  customerId: string;
  suggestions: Suggestion[];
  onMerge(other: string): void;
}

/** Who is probably the same person, and why. Nothing when nobody is. */
export function Suggestions({ customerId, suggestions, onMerge }: SuggestionsProps) {
  if (suggestions.length === 0) return null;
  return (
    <Card>
      <BlockStack gap="200">
        <Text as="h2" variant="headingMd">
          Probably the same person
        </Text>
        <ul className={styles.plain} aria-label="Probably the same person">
          {suggestions.map((one) => (
            <li key={one.key} className={styles.item}>
              <OneSuggestion customerId={customerId} suggestion={one} onMerge={onMerge} />
            </li>
          ))}
        </ul>
      </BlockStack>
    </Card>
  );
}

function OneSuggestion({
  customerId,
  suggestion,
  onMerge,
}: { customerId: string; suggestion: Suggestion } & Pick<SuggestionsProps, "onMerge">) {
  const { act, busy, problem } = useAct(customerId);
  const name = personName(suggestion);
  return (
    <BlockStack gap="200">
      <Link url={`/customers/${suggestion.key}`} removeUnderline>
        <bdi>{name}</bdi>
      </Link>
      {suggestion.otherId === null ? (
        <Text as="p" variant="bodySm" tone="subdued">
          In Shopify, not in touch with you yet
        </Text>
      ) : null}
      {suggestion.evidence.map((words) => (
        <Text key={words} as="p" variant="bodySm" breakWord>
          {words}
        </Text>
      ))}
      <ButtonGroup>
        <Button onClick={() => onMerge(suggestion.key)} accessibilityLabel={`Merge with ${name}`}>
          Merge
        </Button>
        <Button
          variant="tertiary"
          loading={busy}
          onClick={() => act({ act: "not-the-same", other: suggestion.key })}
          accessibilityLabel={`${name} is not the same person`}
        >
          Not the same
        </Button>
      </ButtonGroup>
      {problem ? <InlineError message={problem.message} fieldID={`suggestion-${suggestion.key}`} /> : null}
    </BlockStack>
  );
}

/** What speaks against a merge, each on its own. */
export function Against({ words }: { words: string[] }) {
  return (
    <Banner tone="warning" title={words.length === 1 ? "Something speaks against it" : "Some things speak against it"}>
      <ul className={styles.reasons}>
        {words.map((one) => (
          <li key={one}>{one}</li>
        ))}
      </ul>
    </Banner>
  );
}
