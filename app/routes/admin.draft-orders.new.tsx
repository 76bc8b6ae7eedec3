import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ShouldRevalidateFunction, useLoaderData, useNavigate } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Layout, Link, Page } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { prepareDraft } from "~/draft-orders/prepare";
import { adminPage } from "~/http/admin-json";
import { useAdmin } from "~/ui/admin-context";
import { AdminProblem } from "~/ui/admin-problem";
import { AskFailed, ask, posting } from "~/ui/ask";
import { Details } from "~/ui/draft-order/details";
import { Lines } from "~/ui/draft-order/lines";
import { Problems } from "~/ui/draft-order/problems";
import { Totals } from "~/ui/draft-order/totals";
import { useDraft } from "~/ui/draft-order/use-draft";

export const meta: MetaFunction = () => [{ title: "New draft order · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const from = { cartId: searchParams.get("cart"), conversationId: searchParams.get("conversation") };
  return adminPage(request, (ctx) => prepareDraft(ctx, from));
}

/** The form is filled once; what staff have changed since must not be written over. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl }) =>
  currentUrl.search !== nextUrl.search;

/** A draft order before it is made, filled with the shopper's cart. */
export default function NewDraftOrder() {
  const prepared = useLoaderData<typeof loader>();
  const navigate = useNavigate();
  const { shop } = useAdmin();
  const draft = useDraft(prepared.form, null);
  const [saving, setSaving] = useState(false);
  const [tried, setTried] = useState<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was tried is about the form as it was then.
  useEffect(() => setTried([]), [draft.form]);
  const { conversationId } = prepared.form;

  const create = async () => {
    setSaving(true);
    setTried([]);
    try {
      const made = await ask<{ id: string; name: string }>(
        "/draft-orders/save",
        posting({ act: "create", form: draft.form }),
        40,
      );
      shopify.toast.show(`Draft order ${made.name} created`);
      navigate(`/draft-orders/${made.id}`, { replace: true });
    } catch (error) {
      setSaving(false);
      if (error instanceof AskFailed && error.fields.length > 0) draft.refuse(error.fields);
      else setTried([error instanceof AskFailed ? error.message : "The draft order was not made. Try again."]);
    }
  };
  const { earlier } = prepared;
  return (
    <Page
      title="New draft order"
      backAction={
        conversationId
          ? { content: "Conversation", url: `/inbox/${conversationId}` }
          : { content: "Live view", url: "/live-view" }
      }
      primaryAction={{
        content: "Create draft order",
        onAction: create,
        loading: saving,
        disabled: draft.form.lines.length === 0,
      }}
    >
      <TitleBar title="New draft order" />
      <BlockStack gap="400">
        <Problems messages={[...tried, ...draft.loose]} />
        {prepared.problem ? (
          <Banner tone="warning">{`${prepared.problem.message} The cart's own prices are shown until then.`}</Banner>
        ) : prepared.cartPaid ? (
          <Banner tone="warning">
            The shopper paid for this cart already. A draft order of it would be a second order.
          </Banner>
        ) : earlier.length > 0 ? (
          <Banner tone="info">
            This cart has an open draft order already:{" "}
            {earlier.map((one) => (
              <Link key={one.id} url={`/draft-orders/${one.id}`}>
                {one.name}
              </Link>
            ))}
          </Banner>
        ) : prepared.otherCurrency ? (
          <Banner tone="warning">
            {`The cart is in ${prepared.otherCurrency}, the draft order is in ${shop.currency}, your store's currency. Prices are those of your products; discounts of the cart are not carried over.`}
          </Banner>
        ) : null}
        <Layout>
          <Layout.Section>
            <BlockStack gap="400">
              <Lines draft={draft} locked={saving} />
              <Totals draft={draft} locked={saving} />
            </BlockStack>
          </Layout.Section>
          <Layout.Section variant="oneThird">
            <Details draft={draft} locked={saving} customerName={null} withheld={[]} />
          </Layout.Section>
        </Layout>
      </BlockStack>
    </Page>
  );
}

export { AdminProblem as ErrorBoundary };
