import type { LoaderFunctionArgs, MetaFunction } from "@remix-run/node";
import { useLoaderData, useNavigation, useSearchParams, useSubmit } from "@remix-run/react";
import { TitleBar } from "@shopify/app-bridge-react";
import { Box, Card, Icon, InlineStack, Page, Pagination, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import { useEffect, useRef, useState } from "react";
import { listCustomers } from "~/customers/list";
import { adminPage } from "~/http/admin-json";
import { withheldOf } from "~/shopify-data/withheld";
import { AdminProblem } from "~/ui/admin-problem";
import { CustomerList, UnmetList } from "~/ui/customers/customer-list";
import { NotPermitted } from "~/ui/not-permitted";
import { QuietState } from "~/ui/quiet-state";

export const meta: MetaFunction = () => [{ title: "Customers · Throughline" }];

export function loader({ request }: LoaderFunctionArgs) {
  const { searchParams } = new URL(request.url);
  const search = (searchParams.get("search") ?? "").slice(0, 200);
  return adminPage(request, async (ctx) => ({
    search,
    withheld: await withheldOf(ctx, "customers"),
    ...(await listCustomers(ctx, { search, cursor: searchParams.get("after") })),
  }));
}

/** Everybody who wrote or said who they are. */
export default function Customers() {
  const { rows, unmet, nextCursor, search, withheld } = useLoaderData<typeof loader>();
  const [params, setParams] = useSearchParams();
  const submit = useSubmit();
  const navigation = useNavigation();
  const [typed, setTyped] = useState(search);
  const timer = useRef<ReturnType<typeof setTimeout> | null>(null);
  useEffect(() => () => void (timer.current && clearTimeout(timer.current)), []);
  const look = (text: string) => {
    setTyped(text);
    if (timer.current) clearTimeout(timer.current);
    timer.current = setTimeout(() => submit(text === "" ? {} : { search: text }, { replace: true }), 250);
  };
  const paged = params.has("after");

  return (
    <Page title="Customers">
      <TitleBar title="Customers" />
      <Card padding="0">
        <Box padding="300">
          <TextField
            label="Search customers"
            labelHidden
            placeholder="Search by name, e-mail or phone"
            prefix={<Icon source={SearchIcon} />}
            value={typed}
            onChange={look}
            autoComplete="off"
            clearButton
            onClearButtonClick={() => look("")}
            loading={navigation.state === "loading"}
          />
          <NotPermitted what={withheld} />
        </Box>
        {rows.length > 0 ? (
          <CustomerList rows={rows} />
        ) : unmet.length > 0 ? null : search === "" ? (
          <QuietState heading="No customers yet">
            Whoever writes in the chat of your store, or signs in there, appears here.
          </QuietState>
        ) : (
          <QuietState heading="Nobody found" action={{ content: "Clear the search", onAction: () => look("") }}>
            No name, e-mail or phone has words that begin like these.
          </QuietState>
        )}
        {unmet.length > 0 ? <UnmetList rows={unmet} /> : null}
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
                    if (nextCursor) next.set("after", nextCursor);
                    return next;
                  })
                }
              />
            </InlineStack>
          </Box>
        ) : null}
      </Card>
    </Page>
  );
}

export { AdminProblem as ErrorBoundary };
