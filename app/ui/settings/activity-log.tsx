import { useNavigation, useSearchParams } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import {
  Banner,
  BlockStack,
  Box,
  Card,
  Icon,
  InlineStack,
  Page,
  Pagination,
  Select,
  TextField,
} from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useRef, useState } from "react";
import type { ActivityPage, ActivitySearch, ChainState } from "~/settings/activity-log";
import { AskFailed, askBlob } from "../ask";
import { QuietState } from "../quiet-state";
import styles from "./activity.module.css";
import { ActivityList } from "./activity-list";
import { ChainBanner, ChainLine } from "./chain-banner";

const groups = [
  { label: "Everything", value: "" },
  { label: "Looked at", value: "read" },
  { label: "Changed", value: "change" },
  { label: "Exported", value: "export" },
  { label: "Merged", value: "merge" },
  { label: "Erased", value: "erase" },
];

const notStaff = [
  { label: "Shoppers", value: "shopper" },
  { label: "Shopify", value: "shopify" },
  { label: "Throughline itself", value: "app" },
];

interface ActivityLogProps extends ActivityPage {
  search: ActivitySearch;
  chain: ChainState;
  staff: { id: string; name: string }[];
}

/** The activity log: what to look for, what was found, and whether it can be relied on. */
export function ActivityLog({ rows, nextCursor, search, chain, staff }: ActivityLogProps) {
  const [params, setParams] = useSearchParams();
  const navigation = useNavigation();
  const [typed, setTyped] = useState(search.search);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  const download = useDownload();
  const loading = navigation.state === "loading" && navigation.location.pathname === "/settings/activity";
  const paged = params.has("before");
  const filtered = Object.values(search).some((value) => value !== "");

  const look = (changes: Partial<ActivitySearch>) =>
    setParams(
      (before) => {
        const next = new URLSearchParams(before);
        next.delete("before");
        for (const [name, value] of Object.entries(changes)) {
          if (value) next.set(name, value);
          else next.delete(name);
        }
        return next;
      },
      { replace: true },
    );
  const type = (text: string) => {
    setTyped(text);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => look({ search: text }), 250);
  };
  const clear = () => {
    setTyped("");
    look({ search: "", who: "", group: "", from: "", to: "" });
  };

  return (
    <Page
      title="Activity log"
      backAction={{ content: "Settings", url: "/settings" }}
      secondaryActions={[
        {
          content: "Export",
          accessibilityLabel: "Export the activity log as CSV",
          disabled: rows.length === 0,
          loading: download.busy,
          onAction: () => download.start(params),
        },
      ]}
    >
      <TitleBar title="Activity log" />
      <BlockStack gap="400">
        <ChainBanner chain={chain} />
        {download.failed ? <Banner tone="critical" title={download.failed} /> : null}
        <ChainLine chain={chain} />
        <Card padding="0">
          <Box padding="300">
            <div className={styles.filters}>
              <div className={styles.search}>
                <TextField
                  label="Search the activity log"
                  labelHidden
                  placeholder="Search by customer, draft order or what was done"
                  prefix={<Icon source={SearchIcon} />}
                  value={typed}
                  onChange={type}
                  autoComplete="off"
                  clearButton
                  onClearButtonClick={() => type("")}
                  loading={loading}
                />
              </div>
              <Select
                label="Who"
                value={search.who}
                onChange={(who) => look({ who })}
                options={[
                  { label: "Everybody", value: "" },
                  ...staff.map(({ id, name }) => ({ label: name, value: id })),
                  ...notStaff,
                ]}
              />
              <Select
                label="What"
                value={search.group}
                onChange={(group) => look({ group: group as ActivitySearch["group"] })}
                options={groups}
              />
              <TextField
                label="From"
                type="date"
                value={search.from}
                max={search.to}
                onChange={(from) => look({ from })}
                autoComplete="off"
              />
              <TextField
                label="Until"
                type="date"
                value={search.to}
                min={search.from}
                onChange={(to) => look({ to })}
                autoComplete="off"
              />
            </div>
          </Box>
          <div className={loading ? styles.waiting : undefined} aria-busy={loading}>
            {rows.length > 0 ? (
              <ActivityList rows={rows} />
            ) : filtered || paged ? (
              <QuietState heading="Nothing found" action={{ content: "Clear the search", onAction: clear }}>
                No entry fits all that you look for.
              </QuietState>
            ) : (
              <QuietState heading="Nothing happened yet">
                Whoever opens a conversation, looks at a customer or changes something appears here.
              </QuietState>
            )}
          </div>
          {nextCursor || paged ? (
            <Box padding="300">
              <InlineStack align="center">
                <Pagination
                  hasPrevious={paged}
                  onPrevious={() => window.history.back()}
                  hasNext={nextCursor !== null}
                  onNext={() =>
                    setParams((before) => {
                      const next = new URLSearchParams(before);
                      if (nextCursor) next.set("before", nextCursor);
                      return next;
                    })
                  }
                />
              </InlineStack>
            </Box>
          ) : null}
        </Card>
      </BlockStack>
    </Page>
  );
}

/** Saves what the search finds as a file. */
function useDownload() {
  const [busy, setBusy] = useState(false);
  const [failed, setFailed] = useState<string | null>(null);
  const start = async (params: URLSearchParams) => {
    setBusy(true);
    setFailed(null);
    try {
      const query = new URLSearchParams(params);
      query.delete("before");
      const url = URL.createObjectURL(await askBlob(`/settings/activity/export?${query}`));
      Object.assign(document.createElement("a"), { href: url, download: "activity-log.csv" }).click();
      URL.revokeObjectURL(url);
    } catch (error) {
      setFailed(error instanceof AskFailed ? error.message : "The file could not be loaded. Try again.");
    }
    setBusy(false);
  };
  return { busy, failed, start };
}
