import { Badge, Banner, BlockStack, InlineStack, Link, Text } from "@shopify/polaris";
import type { ClaimedCustomer, Identified, PersonBeside, VisitorBeside } from "~/customers/beside";
import { gradeWords } from "~/customers/grade-words";
import { isProven } from "~/customers/grades";
import { useNow } from "../admin-context";
import { age } from "../time";
import { Section } from "./section";

/** What stands for an identifier that is only a provider's number for somebody, which tells staff nothing. */
const kindWords: Record<string, string> = {
  "shopify-customer": "Shopify customer",
  instagram: "Instagram account",
  messenger: "Messenger account",
  x: "X account",
};

/** An address or a number was confirmed, or a provider vouches for an account and nothing more. */
export function confirmedWords(kind: string): string {
  if (kind === "phone") return "Number confirmed";
  return kind === "email" ? "Address confirmed" : "Account confirmed";
}

/** Who this is, and how we know: a typed address is shown as what it is, a claim. */
export function Identity({ person }: { person: PersonBeside }) {
  const { customer, identities, visitor } = person;
  const shown = identities.filter((one) => one.kind !== "shopify-customer");
  const here = identities.filter((one) => !one.elsewhere);
  const account = here.find((one) => one.kind === "shopify-customer");
  const confirmed = account ?? here.find((one) => isProven(one.grade));
  const onlyMerged = !confirmed && identities.some((one) => one.elsewhere && isProven(one.grade));
  return (
    <Section
      title="Customer"
      aside={
        <Link url={`/customers/${customer.id}`} removeUnderline>
          Open
        </Link>
      }
    >
      <BlockStack gap="200">
        <InlineStack gap="200" blockAlign="center">
          <Text as="p" fontWeight="semibold" breakWord>
            <bdi>{customer.name ?? "Name not known"}</bdi>
          </Text>
          {account ? (
            <Badge tone="success">{sentence(gradeWords(account.grade))}</Badge>
          ) : confirmed ? (
            <Badge tone="success">{confirmedWords(confirmed.kind)}</Badge>
          ) : onlyMerged ? (
            <Badge tone="attention">Not confirmed here</Badge>
          ) : (
            <Badge>Not signed in</Badge>
          )}
        </InlineStack>
        {shown.map((identity) => (
          <IdentityLine key={identity.id} identity={identity} elsewhere={identity.elsewhere} />
        ))}
        {onlyMerged ? (
          <Banner tone="warning">
            Merged by your team; this browser has not confirmed it. Whoever writes here may be somebody else, so do not
            speak about orders.
          </Banner>
        ) : null}
        {person.claimed.map((one) => (
          <Claimed key={one.shopifyCustomerId} claimed={one} />
        ))}
        {visitor ? <Here visitor={visitor} /> : null}
      </BlockStack>
    </Section>
  );
}

/** An address that somebody only typed may be a customer's: what that customer bought is not theirs to hear. */
function Claimed({ claimed }: { claimed: ClaimedCustomer }) {
  const orders = claimed.orders === 1 ? "1 order" : `${claimed.orders} orders`;
  return (
    <Banner tone="warning">
      <BlockStack gap="100">
        <Text as="p" breakWord>
          <bdi>{claimed.value}</bdi> is the address of <bdi>{claimed.name ?? "a customer"}</bdi> in Shopify, with{" "}
          {orders}. It is not proven that this is the same person, so do not speak about these orders.
        </Text>
        <Link url={`/customers/shopify/${claimed.shopifyCustomerId.split("/").at(-1)}`}>Open that customer</Link>
      </BlockStack>
    </Banner>
  );
}

interface IdentityLineProps {
  identity: Identified;
  /** Of somebody with whom they were merged, beside a conversation where nobody has shown it. */
  elsewhere?: boolean;
}

export function IdentityLine({ identity, elsewhere = false }: IdentityLineProps) {
  const grade = sentence(gradeWords(identity.grade));
  return (
    <div>
      <Text as="p" breakWord>
        <bdi>{kindWords[identity.kind] ?? identity.value}</bdi>
      </Text>
      <Text as="p" variant="bodySm" tone={isProven(identity.grade) ? (elsewhere ? "subdued" : "success") : "caution"}>
        {elsewhere ? `${grade}, but not in this conversation` : grade}
      </Text>
    </div>
  );
}

function Here({ visitor }: { visitor: VisitorBeside }) {
  const now = useNow();
  const country = visitor.countryCode ? countryName(visitor.countryCode) : null;
  const words = [
    visitor.visits > 1 ? `${visitor.visits} visits` : "First visit",
    ...(country ? [country] : []),
    `last seen ${seenWords(age(visitor.lastSeenAt, now))}`,
  ];
  return (
    <div>
      <Text as="p" variant="bodySm" tone="subdued">
        {words.join(" · ")}
      </Text>
      {visitor.pageTitle || visitor.pageUrl ? (
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          On <bdi>{visitor.pageTitle ?? visitor.pageUrl}</bdi>
        </Text>
      ) : null}
    </div>
  );
}

function seenWords(short: string): string {
  return short === "now" ? "just now" : /(min|h|d)$/.test(short) ? `${short} ago` : short;
}

/** Capital letter first. */
export function sentence(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** "Germany" for DE; the code itself when it names no country. */
export function countryName(code: string, locale = "en"): string {
  try {
    return new Intl.DisplayNames([locale], { type: "region" }).of(code) ?? code;
  } catch {
    return code;
  }
}
