import { Badge, InlineStack, Link, Text } from "@shopify/polaris";
import type { ReactNode } from "react";
import type { DraftOrderBeside } from "~/customers/beside";
import { useAdmin } from "../admin-context";
import { money } from "../money";
import styles from "./person.module.css";
import { Section } from "./section";

const states: Record<string, { words: string; tone?: "info" | "success" | "attention" }> = {
  open: { words: "Open" },
  invoice_sent: { words: "Invoice sent", tone: "info" },
  paid: { words: "Paid", tone: "success" },
  voided: { words: "Void" },
};

interface DraftOrdersProps {
  draftOrders: DraftOrderBeside[];
  /** The button that sends the invoice of one. */
  send(draftOrder: DraftOrderBeside): ReactNode;
}

/** The draft orders made in this conversation, each with its state. */
export function DraftOrders({ draftOrders, send }: DraftOrdersProps) {
  const { locale } = useAdmin();
  if (draftOrders.length === 0) return null;
  return (
    <Section title="Draft orders">
      <ul className={styles.plain}>
        {draftOrders.map((one) => (
          <li key={one.id}>
            <InlineStack align="space-between" blockAlign="center" gap="200">
              <InlineStack gap="200" blockAlign="center">
                <Link url={`/draft-orders/${one.id}`} removeUnderline>
                  {one.name}
                </Link>
                <Badge tone={states[one.status]?.tone}>{states[one.status]?.words ?? one.status}</Badge>
              </InlineStack>
              <Text as="span" numeric>
                {money(one.total, one.currency, locale)}
              </Text>
            </InlineStack>
            {one.status === "open" || one.status === "invoice_sent" ? send(one) : null}
          </li>
        ))}
      </ul>
    </Section>
  );
}
