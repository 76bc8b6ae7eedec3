import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { Badge, BlockStack, Card, Layout, Page } from "@shopify/polaris";
import { personName } from "~/customers/name";
import { profile } from "~/customers/profile";
import { adminPage } from "~/http/admin-json";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { AdminProblem } from "~/ui/admin-problem";
import { Browsers, Carts, Conversations, Identities } from "~/ui/customers/profile-cards";
import { ShopifyCustomer } from "~/ui/person/shopify-customer";
import { steadyLoader, useKept } from "~/ui/steady";
import { useEvents, useQuietRevalidate } from "~/ui/use-realtime";

export function loader({ request, params }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    return { person: await profile(ctx, params.customerId ?? ""), cursor };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? personName(data.person) : "Customer"} · Throughline` },
];

const keyOf = (id = "") => `customer ${id}`;

export const clientLoader = ({ params, serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader(keyOf(params.customerId), () => serverLoader<typeof loader>());

/** One person: who they are, how we know, what they said and what they put into carts. */
export default function CustomerPage() {
  const data = useLoaderData<typeof loader>();
  const { person, cursor } = data;
  useKept(keyOf(person.id), data);
  const revalidate = useQuietRevalidate();
  useEvents((events) => {
    const browsers = new Set(person.visits.map((one) => one.id));
    if (
      events.some(
        (one) =>
          (one.customerId && person.customerIds.includes(one.customerId)) ||
          (one.visitorId && browsers.has(one.visitorId)),
      )
    )
      revalidate();
  }, cursor);
  const name = personName(person);

  return (
    <Page
      title={name}
      backAction={{ content: "Customers", url: "/customers" }}
      titleMetadata={
        person.shopifyCustomerId ? <Badge tone="success">Shopify customer</Badge> : <Badge>Not signed in</Badge>
      }
    >
      <TitleBar title="Customer" />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            <Conversations conversations={person.conversations} />
            <Carts carts={person.carts} />
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
            <Browsers visits={person.visits} />
          </BlockStack>
        </Layout.Section>
      </Layout>
    </Page>
  );
}

export { AdminProblem as ErrorBoundary };
