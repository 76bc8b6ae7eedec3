import {
  Badge,
  Banner,
  BlockStack,
  Button,
  Card,
  Collapsible,
  InlineStack,
  SkeletonBodyText,
  Text,
} from "@shopify/polaris";
import { useCallback, useEffect, useId, useState } from "react";
import type { ConsentLine, ConsentView } from "~/consent/consent-view";
import { consentTitle } from "~/consent/words";
import { useAdmin } from "../admin-context";
import { AskFailed, ask } from "../ask";
import { dayAndTime } from "../time";
import { ConsentForm } from "./consent-form";
import { stateWords } from "./consent-words";

/** What a person allowed and forbade, with where and how they said it; staff record what they are told. */
export function ConsentCard({ customerId }: { customerId: string }) {
  const [view, setView] = useState<ConsentView | null>(null);
  const [failed, setFailed] = useState<string | null>(null);
  const [form, setForm] = useState<{ about: ConsentLine | null } | null>(null);
  const [whole, setWhole] = useState(false);
  const history = useId();

  const load = useCallback(async () => {
    setFailed(null);
    try {
      setView(await ask<ConsentView>(`/customers/${customerId}/consents`));
    } catch (error) {
      setFailed(error instanceof AskFailed ? error.message : "The consents could not be loaded.");
    }
  }, [customerId]);
  useEffect(() => {
    setView(null);
    void load();
  }, [load]);

  return (
    <Card>
      <BlockStack gap="300">
        <InlineStack align="space-between" blockAlign="center" gap="200">
          <Text as="h2" variant="headingMd">
            Consent
          </Text>
          {view ? (
            <Button variant="plain" onClick={() => setForm({ about: null })}>
              Record a change
            </Button>
          ) : null}
        </InlineStack>
        {failed ? (
          <Banner tone="critical" action={{ content: "Try again", onAction: () => void load() }}>
            {failed}
          </Banner>
        ) : null}
        {!view && !failed ? <SkeletonBodyText lines={3} /> : null}
        {view && view.now.length === 0 ? (
          <Text as="p" tone="subdued">
            They were not asked for anything yet. You can answer them; marketing needs their consent first.
          </Text>
        ) : null}
        {view?.now.map((line) => (
          <Line key={line.id + (line.address ?? "")} line={line} onChange={() => setForm({ about: line })} />
        ))}
        {view && view.history.length > view.now.length ? (
          <BlockStack gap="200" inlineAlign="start">
            <Button
              variant="plain"
              disclosure={whole ? "up" : "down"}
              ariaExpanded={whole}
              ariaControls={history}
              onClick={() => setWhole(!whole)}
            >
              Everything that was said
            </Button>
            <Collapsible id={history} open={whole}>
              <BlockStack gap="300">
                {view.history.map((line) => (
                  <Line key={line.id} line={line} />
                ))}
              </BlockStack>
            </Collapsible>
          </BlockStack>
        ) : null}
      </BlockStack>
      {form && view ? (
        <ConsentForm
          customerId={customerId}
          about={form.about}
          inShopify={view.inShopify}
          onClose={() => setForm(null)}
          onRecorded={(next) => {
            setView(next);
            setForm(null);
          }}
        />
      ) : null}
    </Card>
  );
}

function Line({ line, onChange }: { line: ConsentLine; onChange?: () => void }) {
  const { locale, shop } = useAdmin();
  const title = consentTitle(line.channel, line.purpose);
  const { words, tone } = stateWords[line.state];
  return (
    <BlockStack gap="050">
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" fontWeight="medium">
          {title}
        </Text>
        <Badge tone={tone}>{words}</Badge>
      </InlineStack>
      <Text as="p" tone="subdued" breakWord>
        {[line.at && dayAndTime(line.at, locale, shop.timeZone), line.touchpoint, line.address]
          .filter(Boolean)
          .join(" · ")}
      </Text>
      {line.wording ? (
        <Text as="p" tone="subdued" breakWord>
          <span lang={line.language ?? undefined}>“{line.wording}”</span>
        </Text>
      ) : null}
      {onChange && line.purpose !== "tracking" ? (
        <InlineStack>
          <Button
            variant="plain"
            onClick={onChange}
            accessibilityLabel={`${line.state === "given" ? "Withdraw" : "Change"}: ${title}`}
          >
            {line.state === "given" ? "Withdraw" : "Change"}
          </Button>
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
