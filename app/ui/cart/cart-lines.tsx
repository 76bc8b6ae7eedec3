import { Text } from "@shopify/polaris";
import type { CartLine } from "~/carts/cart";
import { useAdmin } from "../admin-context";
import { money } from "../money";
import styles from "./cart.module.css";
import { Picture } from "./picture";

type ShownLine = Pick<CartLine, "key" | "title" | "variantTitle" | "image" | "quantity" | "price" | "lineTotal">;

/** What is in a cart, line by line: picture, name, how many at which price, and their sum in minor units of `currency`. */
export function CartLines({ lines, currency }: { lines: readonly ShownLine[]; currency: string }) {
  const { locale } = useAdmin();
  return (
    <ul className={styles.lines}>
      {lines.map((line) => (
        <li key={line.key} className={styles.line}>
          <Picture source={line.image} />
          <div>
            <Text as="p" variant="bodySm" fontWeight="medium" breakWord>
              <bdi>{line.title}</bdi>
            </Text>
            <Text as="p" variant="bodySm" tone="subdued" breakWord>
              {line.variantTitle ? <bdi>{`${line.variantTitle} · `}</bdi> : null}
              {line.quantity} × {money(line.price, currency, locale)}
            </Text>
          </div>
          <Text as="span" variant="bodySm" numeric>
            {money(line.lineTotal, currency, locale)}
          </Text>
        </li>
      ))}
    </ul>
  );
}

/** The discount codes of a cart, when it has any. */
export function CartCodes({ codes }: { codes: readonly string[] }) {
  if (codes.length === 0) return null;
  return (
    <Text as="p" variant="bodySm" tone="subdued" breakWord>
      Discount: {codes.join(", ")}
    </Text>
  );
}
