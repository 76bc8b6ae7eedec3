import type { ActionFunctionArgs, LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ClientActionFunctionArgs,
  type ClientLoaderFunctionArgs,
  useFetcher,
  useLoaderData,
} from "@remix-run/react";
import { SaveBar, TitleBar, useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Page } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { adminJson, adminPage } from "~/http/admin-json";
import { readJson } from "~/http/body";
import { saveSettings } from "~/settings/save";
import { settingsOf, settingsShape } from "~/settings/settings";
import { useAdmin } from "~/ui/admin-context";
import { AdminProblem } from "~/ui/admin-problem";
import { PageLinks } from "~/ui/settings/page-links";
import { SettingsForm, type SettingsValues } from "~/ui/settings/settings-form";
import { steadyAction, steadyLoader, useKept } from "~/ui/steady";

export const meta: MetaFunction = () => [{ title: "Settings · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const held = await settingsOf(ctx);
    const values: SettingsValues = {
      privacyPolicyUrl: held.privacyPolicyUrl ?? "",
      displayName: held.displayName,
      awayMessage: held.awayMessage,
      hoursText: held.hoursText,
      continueDays: String(held.continueDays),
      followUpByEmail: held.followUpByEmail,
      followUpAfterMinutes: String(held.followUpAfterMinutes),
      followUpGapMinutes: String(held.followUpGapMinutes),
    };
    return { values };
  });
}

export function action({ request }: ActionFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    await saveSettings(ctx, await readJson(request, settingsShape));
    return { saved: true };
  });
}

export const clientLoader = ({ serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader("settings", () => serverLoader<typeof loader>());

export const clientAction = ({ serverAction }: ClientActionFunctionArgs) => steadyAction(() => serverAction());

type Answer = { saved?: true; error?: { message: string; fields?: { field: string; message: string }[] } };

/** What a merchant can set. */
export default function Settings() {
  const data = useLoaderData<typeof loader>();
  const { values } = data;
  useKept("settings", data);
  const { shop } = useAdmin();
  const shopify = useAppBridge();
  const fetcher = useFetcher<Answer>();
  const [form, setForm] = useState(values);
  const [touched, setTouched] = useState<Set<string>>(new Set());
  const kept = JSON.stringify(values);
  const changed = JSON.stringify(form) !== kept;
  const saving = fetcher.state !== "idle";
  const answer = saving ? undefined : fetcher.data;

  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data) return;
    setTouched(new Set());
    if (fetcher.data.saved) shopify.toast.show("Settings saved");
  }, [fetcher.state, fetcher.data, shopify]);
  // What was saved is what the form starts from: trimmed as the server keeps it.
  useEffect(() => setForm(JSON.parse(kept) as SettingsValues), [kept]);

  const problems: Partial<Record<keyof SettingsValues, string>> = {};
  for (const { field, message } of answer?.error?.fields ?? []) {
    if (!touched.has(field)) problems[field as keyof SettingsValues] ??= message;
  }
  const other = answer?.error && !answer.error.fields ? answer.error.message : null;

  return (
    <Page title="Settings">
      <TitleBar title="Settings" />
      <SaveBar id="settings" open={changed}>
        <button
          type="button"
          variant="primary"
          disabled={saving}
          onClick={() =>
            fetcher.submit({ ...form }, { method: "POST", action: "/settings", encType: "application/json" })
          }
        >
          Save
        </button>
        <button
          type="button"
          disabled={saving}
          onClick={() => {
            setForm(values);
            setTouched(new Set(Object.keys(values)));
          }}
        >
          Discard
        </button>
      </SaveBar>
      <BlockStack gap="400">
        {other ? <Banner tone="critical" title={other} /> : null}
        <SettingsForm
          values={form}
          problems={problems}
          shopName={shop.name}
          onChange={(field, value) => {
            setForm((before) => ({ ...before, [field]: value }));
            setTouched((before) => new Set(before).add(field));
          }}
        />
        <PageLinks />
      </BlockStack>
    </Page>
  );
}

export { AdminProblem as ErrorBoundary };
