import { Banner, BlockStack, Button, Text } from "@shopify/polaris";
import type { PersonBeside } from "~/customers/beside";
import { useAdmin, useNow } from "../admin-context";
import { endpointWords, placeWords } from "../customers/endpoint-words";
import { sentence } from "../person/identity";
import styles from "./composer.module.css";

type Place = PersonBeside["endpoints"][number];

interface ReplyToProps {
  name: string;
  endpoints: Place[];
  onHere(): void;
  /** To where they are in another conversation; what is written goes along. */
  onOther(other: Place): void;
}

/** Asks where a reply goes when a person who was merged can be reached at several places. */
export function ReplyTo({ name, endpoints, onHere, onOther }: ReplyToProps) {
  const { locale, shop } = useAdmin();
  const now = useNow();
  return (
    <section className={styles.held} aria-label="Where the reply goes">
      <Banner tone="info" title={`Where should your reply to ${name} go?`}>
        <BlockStack gap="200">
          {endpoints.map((one) => (
            <div key={one.id} className={styles.place}>
              <div>
                <Text as="p" fontWeight="medium" breakWord>
                  {placeWords(one, locale)}
                </Text>
                <Text as="p" variant="bodySm" tone="subdued" breakWord>
                  {sentence(endpointWords(one, now, locale, shop.timeZone))}
                </Text>
              </div>
              <Button onClick={() => (one.here ? onHere() : onOther(one))}>
                {one.here ? "Reply here" : "Open that conversation"}
              </Button>
            </div>
          ))}
        </BlockStack>
      </Banner>
    </section>
  );
}
