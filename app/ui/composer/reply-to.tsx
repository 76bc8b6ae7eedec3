import { Banner, BlockStack, Button, Text } from "@shopify/polaris";
import { useAdmin, useNow } from "../admin-context";
import { endpointWords, placeWords } from "../customers/endpoint-words";
import { sentence } from "../person/identity";
import styles from "./composer.module.css";
import { isReachedHere, type Place } from "./places";

interface ReplyToProps {
  name: string;
  endpoints: Place[];
  /** To one that this conversation reaches. */
  onHere(place: Place): void;
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
                {one.rule.open ? null : (
                  <Text as="p" variant="bodySm" tone="caution" breakWord>
                    {one.rule.words}
                  </Text>
                )}
              </div>
              <Button
                disabled={!one.rule.open && one.rule.instead === null}
                onClick={() => (isReachedHere(one) ? onHere(one) : onOther(one))}
              >
                {isReachedHere(one) ? "Reply here" : "Open that conversation"}
              </Button>
            </div>
          ))}
        </BlockStack>
      </Banner>
    </section>
  );
}
