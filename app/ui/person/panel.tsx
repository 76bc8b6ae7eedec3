import { Button, Text } from "@shopify/polaris";
import { ArrowLeftIcon } from "@shopify/polaris-icons";
import type { PersonBeside } from "~/customers/beside";
import { LogContactButton } from "../customers/log-contact";
import styles from "../inbox/inbox.module.css";
import { Timeline } from "../timeline/timeline";
import { DraftOrders } from "./draft-orders";
import { EarlierConversations } from "./history";
import { Identity } from "./identity";
import { LiveCart } from "./live-cart";
import parts from "./person.module.css";
import { Section } from "./section";
import { SendInvoice } from "./send-invoice";
import { ShopifyCustomer } from "./shopify-customer";

interface PersonPanelProps {
  person: PersonBeside;
  conversationId: string;
  /** Up to where the conversation has been on the screen. */
  seenPosition(): number;
  onBack(): void;
}

/** The third pane: who this is, what is in their cart, and what they bought and asked before. */
export function PersonPanel({ person, conversationId, seenPosition, onBack }: PersonPanelProps) {
  return (
    <aside className={styles.panel} aria-label="Customer details">
      <div className={styles.panelHead}>
        <Button
          icon={ArrowLeftIcon}
          variant="tertiary"
          accessibilityLabel="Back to the conversation"
          onClick={onBack}
        />
        <Text as="h1" variant="headingMd">
          Customer details
        </Text>
      </div>
      <div className={parts.sections}>
        <Identity person={person} />
        <div className={parts.section}>
          <LogContactButton customerId={person.customer.id} />
        </div>
        <LiveCart cart={person.cart} conversationId={conversationId} />
        <DraftOrders
          draftOrders={person.draftOrders}
          send={(draftOrder) => (
            <SendInvoice conversationId={conversationId} draftOrder={draftOrder} seenPosition={seenPosition} />
          )}
        />
        {person.customer.shopifyCustomerId ? <ShopifyCustomer customerId={person.customer.id} /> : null}
        <EarlierConversations earlier={person.earlier} />
        <Section title="Timeline">
          <Timeline
            key={person.customer.id}
            conversationId={conversationId}
            customerId={person.customer.id}
            customerIds={person.customer.customerIds}
            visitorIds={person.visitor ? [person.visitor.id] : []}
          />
        </Section>
      </div>
    </aside>
  );
}
