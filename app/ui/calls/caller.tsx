import { Button, InlineStack, Link, Text } from "@shopify/polaris";
import { lazy, Suspense, useState } from "react";
import type { CallerView } from "~/calls/live";
import { useAdmin } from "../admin-context";
import { money } from "../money";
import { age } from "../time";

// The bar stands on every page, and few callers are to be merged.
const MergeDialog = lazy(() => import("../customers/merge-dialog").then((loaded) => ({ default: loaded.MergeDialog })));

/** Who calls, as far as that is known. */
export function CallerName({ caller }: { caller: CallerView }) {
  const name = caller.name ?? (caller.number || "a hidden number");
  const words = caller.probably ? `${name}, probably` : name;
  return (
    <Link url={`/customers/${caller.personId}`} monochrome removeUnderline>
      <bdi>{words}</bdi>
    </Link>
  );
}

/** What there is to know before the first word. */
export function Story({ caller }: { caller: CallerView }) {
  const { locale, shop } = useAdmin();
  const parts = [
    caller.name && caller.number ? caller.number : null,
    caller.cart ? `Cart ${money(caller.cart.total, caller.cart.currency, locale)}` : null,
    caller.last ? `Last: ${caller.last.text} (${age(caller.last.at, Date.now(), locale, shop.timeZone)})` : null,
  ].filter((part) => part !== null);
  return (
    <>
      <Text as="p" variant="bodySm" breakWord>
        {parts.length > 0 ? parts.join(" · ") : "No earlier contact"}
      </Text>
      {caller.verified ? null : (
        <Text as="p" variant="bodySm" tone="caution">
          The number is not verified and can be forged. Make sure who it is before you speak of orders.
        </Text>
      )}
      {caller.probably ? <ItsThem caller={caller} /> : null}
    </>
  );
}

/** Whoever asked them joins the two: what speaks against it is shown first, and it can be undone. */
function ItsThem({ caller }: { caller: CallerView }) {
  const [merging, setMerging] = useState(false);
  const person = {
    ...{ id: caller.customerId, customerIds: [caller.customerId] },
    ...{ name: null, email: null, phone: caller.number },
  };
  return (
    <InlineStack gap="200">
      <Button variant="plain" onClick={() => setMerging(true)}>
        It’s them
      </Button>
      {merging ? (
        <Suspense>
          <MergeDialog person={person} other={caller.personId} onClose={() => setMerging(false)} />
        </Suspense>
      ) : null}
    </InlineStack>
  );
}
