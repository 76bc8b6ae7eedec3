import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientActionFunctionArgs, type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { z } from "zod";
import { addNote } from "~/customers/add-note";
import { dismissSuggestion } from "~/customers/dismiss-suggestion";
import { link } from "~/customers/link";
import { merge } from "~/customers/merge";
import { personName } from "~/customers/name";
import { personNamed } from "~/customers/open-shopify-customer";
import { known } from "~/customers/page/known";
import { profile } from "~/customers/profile";
import { unlink } from "~/customers/unlink";
import { unmerge } from "~/customers/unmerge";
import { adminJson, adminPage } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { AdminProblem } from "~/ui/admin-problem";
import { CustomerPage } from "~/ui/customers/customer-page";
import { steadyAction, steadyLoader, useKept } from "~/ui/steady";

export function loader({ request, params }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const id = params.customerId ?? "";
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    const [person, more] = await Promise.all([profile(ctx, id), known(ctx, id)]);
    return { person, known: more, cursor };
  });
}

export const meta: MetaFunction<typeof loader> = ({ data }) => [
  { title: `${data ? personName(data.person) : "Customer"} · Throughline` },
];

const other = z.string().max(60);
const body = z.discriminatedUnion("act", [
  z.object({ act: z.literal("note"), text: z.string().max(20_000), clientKey: z.string() }),
  z.object({ act: z.literal("link"), other, kind: z.string().max(40) }),
  z.object({ act: z.literal("unlink"), linkId: z.string() }),
  z.object({
    act: z.literal("merge"),
    other,
    seen: z.array(z.string().max(60)).max(20),
    reason: z.string().max(2_000).optional(),
  }),
  z.object({ act: z.literal("unmerge"), mergeId: z.string() }),
  z.object({ act: z.literal("not-the-same"), other }),
]);

/** What staff do with a person. `other` is our id, or `shopify/<number>`. */
export function action({ request, params }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const customerId = params.customerId ?? "";
    const asked = await readJson(request, body, 100_000);
    switch (asked.act) {
      case "note":
        await addNote(ctx, { customerId, ...asked });
        break;
      case "link":
        await link(ctx, { customerId, otherId: await personNamed(ctx, asked.other), kind: asked.kind });
        break;
      case "unlink":
        await unlink(ctx, asked.linkId);
        break;
      case "merge": {
        const { seen, reason = null } = asked;
        const merged = await merge(ctx, { customerId, otherId: await personNamed(ctx, asked.other), seen, reason });
        return { done: asked.act, ...merged };
      }
      case "unmerge":
        return { done: asked.act, ...(await unmerge(ctx, asked.mergeId)) };
      case "not-the-same":
        await dismissSuggestion(ctx, { customerId, otherId: await personNamed(ctx, asked.other) });
        break;
    }
    return { done: asked.act };
  });
}

const keyOf = (id = "") => `customer ${id}`;

export const clientLoader = ({ params, serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader(keyOf(params.customerId), () => serverLoader<typeof loader>());

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) => steadyAction(() => serverAction());

export default function Customer() {
  const data = useLoaderData<typeof loader>();
  useKept(keyOf(data.person.id), data);
  return <CustomerPage key={data.person.id} {...data} />;
}

export { AdminProblem as ErrorBoundary };
