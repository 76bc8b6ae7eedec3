import { isRouteErrorResponse, useRevalidator, useRouteError } from "@remix-run/react";
import { Card, Page } from "@shopify/polaris";
import { QuietState } from "./quiet-state";

/** What stands in place of a page that could not be read: what happened and one way on. For routes' ErrorBoundary. */
export function AdminProblem() {
  const error = useRouteError();
  const revalidator = useRevalidator();
  const missing = isRouteErrorResponse(error) && error.status === 404;
  return (
    <Page>
      <Card>
        {missing ? (
          <QuietState heading="This is not here" action={{ content: "Open the Inbox", url: "/inbox" }}>
            It was removed, or it belongs to another store.
          </QuietState>
        ) : (
          <QuietState
            heading="This page could not be loaded"
            action={{ content: "Try again", onAction: () => revalidator.revalidate() }}
          >
            Nothing was lost. If it happens again, open Throughline anew from the Shopify admin.
          </QuietState>
        )}
      </Card>
    </Page>
  );
}
