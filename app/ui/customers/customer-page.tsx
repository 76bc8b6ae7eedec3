import { TitleBar } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Card, Layout, Page, Text } from "@shopify/polaris";
import { useState } from "react";
import { isProven } from "~/customers/grades";
import { personName } from "~/customers/name";
import type { Known } from "~/customers/page/known";
import type { Profile } from "~/customers/profile";
import { CallDialog } from "../calls/call-dialog";
import { useCalls } from "../calls/use-calls";
import { ConsentCard } from "../consent/consent-card";
import { confirmedWords } from "../person/identity";
import { ShopifyCustomer } from "../person/shopify-customer";
import { ErasePerson } from "../privacy/erase-person";
import { Timeline } from "../timeline/timeline";
import { useEvents, useQuietRevalidate } from "../use-realtime";
import { Endpoints } from "./endpoints-card";
import { LinkedPeople } from "./linked-card";
import { LogContact } from "./log-contact";
import { MergeDialog } from "./merge-dialog";
import { Merges } from "./merges-card";
import { PersonNotes } from "./notes-card";
import { Orders } from "./orders-card";
import { Browsers, Carts, Conversations, Identities } from "./profile-cards";
import { Suggestions } from "./suggestions-card";

interface CustomerPageProps {
  person: Profile;
  known: Known;
  cursor: string;
}

/** One person: who they are and how we know, what they did, what they allow, and who else they may be. */
export function CustomerPage({ person, known, cursor }: CustomerPageProps) {
  const [merging, setMerging] = useState<{ other: string | null } | null>(null);
  const [logging, setLogging] = useState(false);
  const [calling, setCalling] = useState(false);
  const { live } = useCalls();
  const revalidate = useQuietRevalidate();
  useEvents((events) => {
    const browsers = new Set(person.visits.map((one) => one.id));
    const isTheirs = events.some(
      (one) =>
        (one.customerId && person.customerIds.includes(one.customerId)) ||
        (one.visitorId && browsers.has(one.visitorId)),
    );
    if (isTheirs) revalidate();
  }, cursor);

  return (
    <Page
      title={personName(person)}
      backAction={{ content: "Customers", url: "/customers" }}
      titleMetadata={<Standing person={person} />}
      secondaryActions={[
        ...(live?.connected && !live.mine ? [{ content: "Call", onAction: () => setCalling(true) }] : []),
        { content: "Log a contact", onAction: () => setLogging(true) },
        { content: "Merge", onAction: () => setMerging({ other: null }) },
      ]}
    >
      <TitleBar title="Customer" />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Suggestions
              customerId={person.id}
              suggestions={known.suggestions}
              onMerge={(other) => setMerging({ other })}
            />
            <Conversations conversations={person.conversations} />
            {/* The last few stand in the panel of Shopify's own data; this is where there are more. */}
            {known.orders.length > 5 ? <Orders orders={known.orders} /> : null}
            <Carts carts={person.carts} />
            <Card>
              <BlockStack gap="300">
                <Text as="h2" variant="headingMd">
                  Timeline
                </Text>
                <Timeline
                  customerId={person.id}
                  customerIds={person.customerIds}
                  visitorIds={person.visits.map((one) => one.id)}
                />
              </BlockStack>
            </Card>
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <BlockStack gap="400">
            {person.shopifyCustomerId ? (
              <Card padding="0">
                <ShopifyCustomer customerId={person.id} />
              </Card>
            ) : null}
            <Identities identities={person.identities} />
            <Endpoints endpoints={known.endpoints} />
            <PersonNotes customerId={person.id} notes={known.notes} />
            <ConsentCard customerId={person.id} />
            <LinkedPeople customerId={person.id} links={known.links} />
            <Merges customerId={person.id} merges={known.merges} />
            <Browsers visits={person.visits} />
            <ErasePerson customerId={person.id} />
          </BlockStack>
        </Layout.Section>
      </Layout>
      {calling ? <CallDialog customerId={person.id} onClose={() => setCalling(false)} /> : null}
      {logging ? <LogContact customerId={person.id} onClose={() => setLogging(false)} /> : null}
      {merging ? <MergeDialog person={person} other={merging.other} onClose={() => setMerging(null)} /> : null}
    </Page>
  );
}

/** How sure it is who this is, in two words. */
function Standing({ person }: Pick<CustomerPageProps, "person">) {
  if (person.shopifyCustomerId) return <Badge tone="success">Shopify customer</Badge>;
  const proven = person.identities.find((one) => isProven(one.grade));
  if (proven) return <Badge tone="success">{confirmedWords(proven.kind)}</Badge>;
  return <Badge>Not signed in</Badge>;
}
