import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import {
  type ClientLoaderFunctionArgs,
  Outlet,
  type ShouldRevalidateFunction,
  useLoaderData,
  useNavigate,
  useNavigation,
  useParams,
  useSearchParams,
} from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { useState } from "react";
import { adminPage } from "~/http/admin-json";
import { counts } from "~/inbox/counts";
import { type InboxView, isInboxView } from "~/inbox/inbox-row";
import { list } from "~/inbox/list";
import { currentPlace, toCursor } from "~/realtime/cursor";
import { useAdmin } from "~/ui/admin-context";
import { AdminProblem } from "~/ui/admin-problem";
import { ConversationSkeleton } from "~/ui/conversation/conversation-skeleton";
import styles from "~/ui/inbox/inbox.module.css";
import { KeysHelp } from "~/ui/inbox/keys-help";
import { ListPane } from "~/ui/inbox/list-pane";
import { focusSearch } from "~/ui/inbox/search-field";
import { useListKeys } from "~/ui/inbox/use-list-keys";
import { useLiveList } from "~/ui/inbox/use-live-list";
import { useSearch } from "~/ui/inbox/use-search";
import { steadyLoader, useKept } from "~/ui/steady";
import { useLonger } from "~/ui/use-longer";

const viewOf = (url: URL): InboxView => {
  const view = url.searchParams.get("view");
  return isInboxView(view) ? view : "open";
};

export const meta: MetaFunction = () => [{ title: "Inbox · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  return adminPage(request, async (ctx) => {
    const cursor = toCursor(await currentPlace(ctx.db.sql));
    const view = viewOf(new URL(request.url));
    const [page, held] = await Promise.all([list(ctx, { view }), counts(ctx)]);
    return { view, page, counts: held, cursor };
  });
}

export const clientLoader = ({ request, serverLoader }: ClientLoaderFunctionArgs) =>
  steadyLoader(`inbox ${viewOf(new URL(request.url))}`, () => serverLoader<typeof loader>());

/** The list keeps itself up to date; choosing another conversation of it and searching read nothing anew. */
export const shouldRevalidate: ShouldRevalidateFunction = ({ currentUrl, nextUrl, formMethod }) => {
  const moves = currentUrl.pathname !== nextUrl.pathname;
  const searches = currentUrl.searchParams.get("q") !== nextUrl.searchParams.get("q");
  return !((moves || searches) && formMethod === undefined && viewOf(currentUrl) === viewOf(nextUrl));
};

export default function Inbox() {
  const data = useLoaderData<typeof loader>();
  const { view, page, counts: held, cursor } = data;
  useKept(`inbox ${view}`, data);
  const { me } = useAdmin();
  const shownId = useParams().conversationId ?? null;
  const [address] = useSearchParams();
  const navigation = useNavigation();
  const navigate = useNavigate();
  const comingId = /^\/inbox\/([^/]+)$/.exec(navigation.location?.pathname ?? "")?.[1] ?? null;
  const coming = comingId !== null && comingId !== shownId;
  const slow = useLonger(coming, 200);
  const waiting = coming && (slow || shownId === null);
  const openId = comingId ?? shownId;
  const [keys, setKeys] = useState(false);
  const list = useLiveList(page, { view, me: me.id, openId }, cursor);
  const asked = new URLSearchParams(navigation.location?.search ?? address).get("view") ?? "open";
  const search = useSearch();
  const { words } = search;
  useListKeys({
    ids: (words ? search : list).rows.map((row) => row.id),
    openId,
    open: (id) =>
      navigate(`/inbox/${id}?view=${view}${words && `&q=${encodeURIComponent(words)}`}`, { preventScrollReset: true }),
    help: () => setKeys(true),
    search: focusSearch,
    leaveSearch: () => {
      if (words) search.clear();
      return words !== "";
    },
  });

  return (
    <div className={styles.inbox} data-pane={openId ? "conversation" : "list"}>
      <TitleBar title="Inbox" />
      <ListPane
        view={isInboxView(asked) ? asked : view}
        counts={held}
        list={list}
        search={search}
        openId={openId}
        loading={navigation.state === "loading" && isInboxView(asked) && asked !== view}
        onKeys={() => setKeys(true)}
      />
      {waiting ? <ConversationSkeleton /> : <Outlet />}
      <KeysHelp open={keys} onClose={() => setKeys(false)} />
    </div>
  );
}

export { AdminProblem as ErrorBoundary };
