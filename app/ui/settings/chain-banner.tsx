import { Banner, Box, Text } from "@shopify/polaris";
import type { ChainState } from "~/settings/activity-log";
import { useAdmin } from "../admin-context";
import { dayAndTime } from "../time";

/** Says loudly that the activity log was changed from outside; nothing while it is whole. */
export function ChainBanner({ chain, linked = false }: { chain: ChainState; linked?: boolean }) {
  const { locale, shop } = useAdmin();
  const { broken } = chain;
  if (!broken) return null;
  return (
    <Banner
      tone="critical"
      title="The activity log was changed from outside"
      action={linked ? { content: "Open the activity log", url: "/settings/activity" } : undefined}
    >
      <p>
        {`At entry ${broken.entry}: ${broken.reason}. Found ${dayAndTime(broken.foundAt, locale, shop.timeZone)}. `}
        Entries before it can be relied on, those from it on cannot. Ask whoever runs the app to look at it.
      </p>
    </Banner>
  );
}

/** Up to where the log was found whole, in small words. */
export function ChainLine({ chain }: { chain: ChainState }) {
  const { locale, shop } = useAdmin();
  if (chain.broken) return null;
  const words = chain.verifiedAt
    ? `Chain verified up to entry ${chain.verifiedEntries} at ${dayAndTime(chain.verifiedAt, locale, shop.timeZone)}.`
    : "The chain is verified every night; this has not happened yet.";
  return (
    <Box paddingInline={{ xs: "400", sm: "0" }}>
      <Text as="p" variant="bodySm" tone="subdued">
        {`No entry can be changed or removed without being noticed. ${words}`}
      </Text>
    </Box>
  );
}
