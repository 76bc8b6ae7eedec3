import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientLoaderFunctionArgs, useLoaderData, useRevalidator } from "@remix-run/react";
import { SaveBar, TitleBar } from "@shopify/app-bridge-react";
import { Badge, Banner, BlockStack, Layout, Page } from "@shopify/polaris";
import { useEffect, useMemo, useRef, useState } from "react";
import { readUpTo } from "~/conversations/seen";
import { reservedBy } from "~/draft-orders/form/decide-stock";
import { loadDraft } from "~/draft-orders/load";
import { isOpen } from "~/draft-orders/update";
import { adminPage } from "~/http/admin-json";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { useNow } from "~/ui/admin-context";
import { AdminProblem } from "~/ui/admin-problem";
import { AskFailed, ask, posting } from "~/ui/ask";
import { Details } from "~/ui/draft-order/details";
import { Lines } from "~/ui/draft-order/lines";
import { Problems } from "~/ui/draft-order/problems";
import { SendInvoice } from "~/ui/draft-order/send-invoice";
import { Totals } from "~/ui/draft-order/totals";
import { type Draft, useDraft } from "~/ui/draft-order/use-draft";
import { QuietState } from "~/ui/quiet-state";
import { steadyLoader, useKept } from "~/ui/steady";
import { useEvents, useQuietRevalidate } from "~/ui/use-realtime";

export const meta: MetaFunction = () => [{ title: "Draft order · Throughline" }];

export function loader({ request, params }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    const { draft, now, cartPaid, problem } = await loadDraft(ctx, params.draftOrderId ?? "");
    // The conversation is not on this page: what its reader has seen of it is what they read in the Inbox.
    const conversation = draft.conversationId
      ? { id: draft.conversationId, seenPosition: await readUpTo(ctx, draft.conversationId) }
      : null;
    const { id, name, status, orderId, invoiceUrl } = draft;
    return {
      draft: { id, name, status, orderId, invoiceUrl, open: isOpen(draft) },
      now,
      cartPaid,
      problem,
      conversation,
      cursor,
    };
  });
}

const keyOf = (id: string | undefined) => `draft-order ${id}`;

export const clientLoader = ({ serverLoader, params }: ClientLoaderFunctionArgs) =>
  steadyLoader(keyOf(params.draftOrderId), () => serverLoader<typeof loader>());

type Loaded = Awaited<ReturnType<typeof loader>>;

const badges: Record<string, { words: string; tone?: "info" | "success" }> = {
  open: { words: "Open" },
  invoice_sent: { words: "Invoice sent", tone: "info" },
  paid: { words: "Paid", tone: "success" },
  voided: { words: "Void" },
};

/** A draft order after it was made: change it, send its invoice, see where it stands. */
export default function DraftOrder() {
  const data = useLoaderData<typeof loader>() as Loaded;
  useKept(keyOf(data.draft.id), data);
  const reread = useQuietRevalidate();
  useEvents((events) => {
    const about = events.some((event) => event.data.draftOrderId === data.draft.id);
    if (about) reread();
  }, data.cursor);

  const { draft, now, cartPaid, problem, conversation } = data;
  const badge = badges[draft.status];
  return (
    <Page
      title={`Draft order ${draft.name}`}
      titleMetadata={badge ? <Badge tone={badge.tone}>{badge.words}</Badge> : undefined}
      backAction={
        conversation
          ? { content: "Conversation", url: `/inbox/${conversation.id}` }
          : { content: "Live view", url: "/live-view" }
      }
      secondaryActions={
        draft.orderId
          ? [
              {
                content: "Open order in Shopify",
                url: `shopify://admin/orders/${draft.orderId.split("/").at(-1)}`,
                target: "_top",
              },
            ]
          : undefined
      }
    >
      <TitleBar title={`Draft order ${draft.name}`} />
      <BlockStack gap="400">
        <Standing data={data} onAgain={reread} />
        {now ? <Editor key={`${draft.id} ${draft.open}`} data={data} now={now} /> : null}
        {!now && !problem ? (
          <QuietState
            heading="This draft order is void"
            action={
              conversation
                ? { content: "Open the conversation", url: `/inbox/${conversation.id}` }
                : { content: "Open Live view", url: "/live-view" }
            }
          >
            {cartPaid
              ? "The customer paid for the cart instead, so nobody can pay this as well."
              : "It was deleted in Shopify, so it can no longer be paid."}
          </QuietState>
        ) : null}
      </BlockStack>
    </Page>
  );
}

/** Where it stands, when that is not simply open. */
function Standing({ data, onAgain }: { data: Loaded; onAgain(): void }) {
  const { draft, problem } = data;
  if (problem) {
    return (
      <Banner tone="critical" action={{ content: "Try again", onAction: onAgain }}>
        {problem.message}
      </Banner>
    );
  }
  if (draft.status === "paid")
    return (
      <Banner tone="success">
        {data.conversation
          ? "This draft order was paid. It counts as a sale of its conversation."
          : "This draft order was paid."}
      </Banner>
    );
  if (draft.orderId) return <Banner tone="info">This draft order became an order that is not paid yet.</Banner>;
  return null;
}

function Editor({ data, now }: { data: Loaded; now: NonNullable<Loaded["now"]> }) {
  const { draft: row, conversation } = data;
  const revalidator = useRevalidator();
  const time = useNow();
  const reserved = useMemo(() => reservedBy(now.form, new Date(time)), [now.form, time]);
  const draft = useDraft(now.form, now.totals, useSame(reserved));
  const [saving, setSaving] = useState(false);
  const [tried, setTried] = useState<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: what was tried is about the form as it was then.
  useEffect(() => setTried([]), [draft.form]);
  useFreshForm(draft, now);

  const save = async () => {
    setSaving(true);
    setTried([]);
    try {
      await ask("/draft-orders/save", posting({ act: "update", form: draft.form }), 40);
      draft.reset(draft.form);
      shopify.toast.show("Draft order saved");
      revalidator.revalidate();
    } catch (error) {
      if (error instanceof AskFailed && error.fields.length > 0) draft.refuse(error.fields);
      else setTried([error instanceof AskFailed ? error.message : "The draft order was not saved. Try again."]);
    }
    setSaving(false);
  };
  const locked = !row.open || saving;
  return (
    <>
      <SaveBar id="draft-order" open={row.open && draft.changed}>
        <button type="button" variant="primary" onClick={save} loading={saving ? "" : undefined}>
          Save
        </button>
        <button type="button" onClick={() => draft.reset(now.form)}>
          Discard
        </button>
      </SaveBar>
      <Problems messages={[...tried, ...draft.loose]} />
      <Layout>
        <Layout.Section>
          <BlockStack gap="400">
            {row.open ? (
              <SendInvoice
                draftOrder={{ ...row, email: now.form.email }}
                conversation={conversation}
                changed={draft.changed}
                onSent={() => revalidator.revalidate()}
              />
            ) : null}
            <Lines draft={draft} locked={locked} />
            <Totals draft={draft} locked={locked} />
          </BlockStack>
        </Layout.Section>
        <Layout.Section variant="oneThird">
          <Details draft={draft} locked={locked} customerName={now.customerName} withheld={now.withheld} />
        </Layout.Section>
      </Layout>
    </>
  );
}

/** The same object while it says the same, so that the clock does not calculate anew. */
function useSame<Value>(value: Value): Value {
  const kept = useRef(value);
  if (JSON.stringify(kept.current) !== JSON.stringify(value)) kept.current = value;
  return kept.current;
}

/** Takes over what Shopify has now, unless staff are in the middle of a change. */
function useFreshForm(draft: Draft, now: NonNullable<Loaded["now"]>): void {
  const seen = useRef(now.form);
  useEffect(() => {
    if (JSON.stringify(seen.current) === JSON.stringify(now.form)) return;
    seen.current = now.form;
    if (!draft.changed) draft.reset(now.form);
  }, [draft, now]);
}

export { AdminProblem as ErrorBoundary };
