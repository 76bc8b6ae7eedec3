import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { type ClientActionFunctionArgs, type ClientLoaderFunctionArgs, useLoaderData } from "@remix-run/react";
import { adminJson, adminPage } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { listDataRequests } from "~/privacy/data-requests";
import { listReceipts } from "~/privacy/receipts";
import { retentionShape } from "~/privacy/retention";
import { retentionOf, saveRetention } from "~/privacy/save-retention";
import { settingsOf } from "~/settings/settings";
import { AdminProblem } from "~/ui/admin-problem";
import { PrivacyPage } from "~/ui/privacy/privacy-page";
import { steadyAction, steadyLoader, useKept } from "~/ui/steady";

export const meta: MetaFunction = () => [{ title: "Privacy and consent · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  const name = new URL(request.url).searchParams.get("of")?.trim().slice(0, 254) || null;
  return adminPage(request, async (ctx) => {
    const [dataRequests, receipts, kept, settings] = await Promise.all([
      listDataRequests(ctx),
      listReceipts(ctx, name),
      retentionOf(ctx),
      settingsOf(ctx),
    ]);
    return { dataRequests, receipts, ...kept, name, privacyPolicyUrl: settings.privacyPolicyUrl };
  });
}

export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    await saveRetention(ctx, await readJson(request, retentionShape));
    return { saved: true };
  });
}

const keyOf = (query: string) => `privacy ${query}`;

export const clientLoader = ({ request, serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader(keyOf(new URL(request.url).search), () => serverLoader<typeof loader>());

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) => steadyAction(() => serverAction());

/** What people asked for, what was erased, and how long everything is kept. */
export default function Privacy() {
  const data = useLoaderData<typeof loader>();
  useKept(keyOf(typeof window === "undefined" ? "" : window.location.search), data);
  return <PrivacyPage {...data} />;
}

export { AdminProblem as ErrorBoundary };
