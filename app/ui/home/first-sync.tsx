import { Banner } from "@shopify/polaris";
import type { FirstSync } from "~/shopify-data/sync/progress";
import { kindWords } from "../shopify-data/words";

/** Says on Home that the shop's data is still coming in; nothing once it is there. */
export function FirstSyncBanner({ sync }: { sync: FirstSync | null }) {
  if (!sync) return null;
  const { now, done } = sync;
  const counted = (count: number) => count.toLocaleString("en");
  const words =
    now && now.total > 0
      ? `${kindWords[now.kind]}: ${counted(now.read)} of ${counted(now.total)}.`
      : "Shopify is putting the first files together.";
  const here = done.map((kind) => kindWords[kind].toLowerCase());
  return (
    <Banner
      tone="info"
      title="Your Shopify data is coming in"
      action={{ content: "See how far", url: "/settings/shopify-data" }}
    >
      <p>
        {`${words} ${here.length > 0 ? `Here already: ${here.join(", ")}. ` : ""}You can answer shoppers meanwhile.`}
      </p>
    </Banner>
  );
}
