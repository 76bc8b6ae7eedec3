import { Link } from "@remix-run/react";
import { BlockStack, Box, Card, InlineGrid, Text } from "@shopify/polaris";
import type { Today } from "~/home/today";
import { countInWords } from "~/inbox/inbox-row";
import { useAdmin } from "../admin-context";
import { money } from "../money";
import styles from "./home.module.css";

/** The numbers of now, each the way to what it counts. */
export function Figures({ counts, live }: Pick<Today, "counts" | "live">) {
  const { shop, locale } = useAdmin();
  const values = live.values.length > 0 ? live.values : [{ currency: shop.currency, total: 0 }];
  const tiles = [
    { name: "Open conversations", words: countInWords(counts.open), to: "/inbox?view=open" },
    { name: "Unassigned", words: countInWords(counts.unassigned), to: "/inbox?view=unassigned" },
    { name: "Shoppers now", words: String(live.shoppers), to: "/live-view" },
    {
      name: live.carts === 1 ? "In 1 cart now" : `In ${live.carts} carts now`,
      words: values.map((one) => money(one.total, one.currency, locale)).join(" + "),
      to: "/live-view",
    },
  ];
  return (
    <Card padding="200">
      <InlineGrid columns={{ xs: 2, md: 4 }} gap="200">
        {tiles.map((tile) => (
          <Link key={tile.to + tile.name} to={tile.to} className={styles.tile}>
            <Box padding="200">
              <BlockStack gap="100">
                <Text as="span" variant="bodySm" tone="subdued">
                  {tile.name}
                </Text>
                <Text as="span" variant="headingLg" numeric breakWord>
                  {tile.words}
                </Text>
              </BlockStack>
            </Box>
          </Link>
        ))}
      </InlineGrid>
    </Card>
  );
}
