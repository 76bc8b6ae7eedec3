import { Badge, BlockStack, Button, InlineStack, Link, SkeletonBodyText, Text } from "@shopify/polaris";
import { useCallback, useEffect, useState } from "react";
import type { CustomerPanel } from "~/customers/shopify-beside";
import { useAdmin } from "../admin-context";
import { AskFailed, ask } from "../ask";
import { money } from "../money";
import { NotPermitted } from "../not-permitted";
import { monthAndYear } from "../time";
import { useEvents } from "../use-realtime";
import { Orders } from "./orders";
import styles from "./person.module.css";
import { Nothing, Section } from "./section";

type Asked = { state: "asking" } | { state: "there"; panel: CustomerPanel | null } | { state: "failed"; words: string };

/** What Shopify knows of this customer. Loads by itself; when Shopify cannot be asked, that is said here and only here. */
export function ShopifyCustomer({ customerId }: { customerId: string }) {
  const [asked, setAsked] = useState<Asked>({ state: "asking" });
  const load = useCallback(async () => {
    try {
      const { panel } = await ask<{ panel: CustomerPanel | null }>(`/customers/${customerId}/shopify`);
      setAsked({ state: "there", panel });
    } catch (error) {
      const words = error instanceof AskFailed ? error.message : "Shopify could not be asked.";
      // What is already on the screen stays when a later reading fails.
      setAsked((before) => (before.state === "there" ? before : { state: "failed", words }));
    }
  }, [customerId]);
  useEffect(() => {
    setAsked({ state: "asking" });
    void load();
  }, [load]);
  useEvents((events) => {
    const bought = events.some(
      (event) => event.customerId === customerId && ["draft-order.paid", "cart.ordered"].includes(event.kind),
    );
    if (bought) void load();
  });

  switch (asked.state) {
    case "asking":
      return (
        <Section title="In Shopify">
          <SkeletonBodyText lines={4} />
        </Section>
      );
    case "failed":
      return (
        <Section title="In Shopify">
          <BlockStack gap="200" inlineAlign="start">
            <Text as="p" tone="critical">
              {asked.words}
            </Text>
            <Button
              onClick={() => {
                setAsked({ state: "asking" });
                void load();
              }}
            >
              Try again
            </Button>
          </BlockStack>
        </Section>
      );
    case "there":
      return asked.panel ? (
        <Known panel={asked.panel} />
      ) : (
        <Section title="In Shopify">
          <Nothing>Shopify no longer has this customer.</Nothing>
        </Section>
      );
  }
}

function Known({ panel }: { panel: CustomerPanel }) {
  const { locale, shop } = useAdmin();
  const number = panel.id.split("/").at(-1);
  const hidden = [
    panel.name.permitted ? "" : "name",
    panel.email.permitted ? "" : "e-mail",
    panel.phone.permitted ? "" : "phone",
    panel.note.permitted ? "" : "note",
  ].filter(Boolean);
  return (
    <>
      <Section
        title="In Shopify"
        aside={
          <Link url={`shopify://admin/customers/${number}`} target="_top" removeUnderline>
            View customer
          </Link>
        }
      >
        <BlockStack gap="200">
          {panel.name.permitted && panel.name.value ? (
            <Text as="p" fontWeight="medium" breakWord>
              <bdi>{panel.name.value}</bdi>
            </Text>
          ) : null}
          {[panel.email, panel.phone].map((one) =>
            one.permitted && one.value ? (
              <Text key={one.value} as="p" variant="bodySm" breakWord>
                <bdi>{one.value}</bdi>
              </Text>
            ) : null,
          )}
          <NotPermitted what={hidden} />
          <div className={styles.figures}>
            <Figure name="Spent" words={money(panel.spent.amount, panel.spent.currency, locale)} />
            <Figure name="Orders" words={String(panel.orderCount)} />
            <Figure name="Since" words={monthAndYear(panel.since, locale, shop.timeZone)} />
          </div>
          {panel.tags.length > 0 ? (
            <InlineStack gap="100">
              {panel.tags.map((tag) => (
                <Badge key={tag}>{tag}</Badge>
              ))}
            </InlineStack>
          ) : null}
          {panel.note.permitted && panel.note.value ? (
            <Text as="p" variant="bodySm" tone="subdued" breakWord>
              <bdi>{panel.note.value}</bdi>
            </Text>
          ) : null}
        </BlockStack>
      </Section>
      <Section title="Orders">
        {panel.orders.permitted ? <Orders orders={panel.orders.value ?? []} /> : <NotPermitted what={["orders"]} />}
      </Section>
    </>
  );
}

function Figure({ name, words }: { name: string; words: string }) {
  return (
    <div>
      <Text as="p" variant="bodySm" tone="subdued">
        {name}
      </Text>
      <Text as="p" variant="bodyMd" fontWeight="semibold" numeric>
        {words}
      </Text>
    </div>
  );
}
