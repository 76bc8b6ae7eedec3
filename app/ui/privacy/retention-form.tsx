import { useFetcher } from "@remix-run/react";
import { SaveBar, useAppBridge } from "@shopify/app-bridge-react";
import { Banner, BlockStack, Card, FormLayout, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { bounds, type Retention, retentionKinds } from "~/privacy/retention-bounds";
import type { LastRun } from "~/privacy/save-retention";
import { useAdmin } from "../admin-context";
import { dayAndTime } from "../time";
import { countWords, retentionWords } from "./retention-words";

type Answer = { saved?: true; error?: { message: string; fields?: { field: string; message: string }[] } };
type Values = Record<keyof Retention, string>;

function asTexts(retention: Retention): Values {
  return Object.fromEntries(retentionKinds.map((kind) => [kind, String(retention[kind] ?? "")])) as Values;
}

/** How long each kind of data is kept, and what last night's run removed. */
export function RetentionForm({ retention, lastRun }: { retention: Retention; lastRun: LastRun | null }) {
  const { locale, shop } = useAdmin();
  const shopify = useAppBridge();
  const fetcher = useFetcher<Answer>();
  const kept = JSON.stringify(asTexts(retention));
  const [form, setForm] = useState<Values>(asTexts(retention));
  const [touched, setTouched] = useState<Set<string>>(new Set());
  const saving = fetcher.state !== "idle";
  const answer = saving ? undefined : fetcher.data;

  useEffect(() => {
    if (fetcher.state !== "idle" || !fetcher.data) return;
    setTouched(new Set());
    if (fetcher.data.saved) shopify.toast.show("Saved");
  }, [fetcher.state, fetcher.data, shopify]);
  useEffect(() => setForm(JSON.parse(kept) as Values), [kept]);

  const problem = (kind: keyof Retention) =>
    touched.has(kind) ? undefined : answer?.error?.fields?.find(({ field }) => field === kind)?.message;
  const other = answer?.error && !answer.error.fields ? answer.error.message : null;
  const shorter = retentionKinds.some((kind) => {
    const now = form[kind] === "" ? Number.POSITIVE_INFINITY : Number(form[kind]);
    return now < (retention[kind] ?? Number.POSITIVE_INFINITY);
  });
  return (
    <Card>
      <SaveBar id="retention" open={JSON.stringify(form) !== kept}>
        <button
          type="button"
          variant="primary"
          disabled={saving}
          onClick={() =>
            fetcher.submit({ ...form }, { method: "POST", action: "/settings/privacy", encType: "application/json" })
          }
        >
          Save
        </button>
        <button
          type="button"
          disabled={saving}
          onClick={() => {
            setForm(asTexts(retention));
            setTouched(new Set(retentionKinds));
          }}
        >
          Discard
        </button>
      </SaveBar>
      <BlockStack gap="300">
        <BlockStack gap="100">
          <Text as="h2" variant="headingMd">
            How long data is kept
          </Text>
          <Text as="p" tone="subdued">
            What has had its time is removed every night. Orders and what Shopify keeps are not touched.
          </Text>
        </BlockStack>
        {other ? <Banner tone="critical">{other}</Banner> : null}
        {shorter ? (
          <Banner tone="warning">From the next night on, what is older than you chose is removed for good.</Banner>
        ) : null}
        <FormLayout>
          {retentionKinds.map((kind) => {
            const { least, most, unit, endless } = bounds[kind];
            const { label, help } = retentionWords[kind];
            return (
              <TextField
                key={kind}
                label={label}
                helpText={`${help} ${endless ? `${least} to ${most} ${unit}, or empty to keep it until you or Shopify erase the person.` : `${least} to ${most} ${unit}.`}`}
                type="text"
                inputMode="numeric"
                autoComplete="off"
                placeholder={endless ? "No end" : undefined}
                suffix={unit}
                value={form[kind]}
                error={problem(kind)}
                onChange={(value) => {
                  setForm((before) => ({ ...before, [kind]: value }));
                  setTouched((before) => new Set(before).add(kind));
                }}
              />
            );
          })}
        </FormLayout>
        <Text as="p" tone="subdued">
          {lastRun
            ? `Last run, ${dayAndTime(lastRun.at, locale, shop.timeZone)}: ${countWords(lastRun.counts, locale)}${lastRun.unfinished ? " There was more than one night does; the rest goes the next night." : ""}`
            : "The first nightly run is still to come."}
        </Text>
      </BlockStack>
    </Card>
  );
}
