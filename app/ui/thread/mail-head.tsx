import { Badge, Banner, InlineStack, Text } from "@shopify/polaris";
import type { Mailbox, MessageContent } from "~/channels/content";
import styles from "./thread.module.css";

type Mail = NonNullable<MessageContent["email"]>;

const automaticWords: Readonly<Record<NonNullable<Mail["automatic"]>, string>> = {
  "auto-reply": "Automatic reply",
  bounce: "Could not be delivered",
  challenge: "Asks for a confirmation",
  list: "Mailing list",
};

/** What stood around the text of a mail: its subject, who got it, and whether it is from whom it says. */
export function MailHead({ mail, incoming }: { mail: Mail; incoming: boolean }) {
  const { verdict, words } = mail.authentication;
  return (
    <div className={styles.mailHead}>
      {incoming && verdict === "forged" ? (
        <Banner tone="critical" title={`This may not be from ${mail.from.address}`}>
          <p>{`${ended(words)} Do not act on what it asks before you have asked them in another way.`}</p>
        </Banner>
      ) : null}
      <InlineStack gap="150" blockAlign="center">
        <Text as="span" variant="bodyMd" fontWeight="semibold" breakWord>
          <bdi>{mail.subject || "(no subject)"}</bdi>
        </Text>
        {mail.automatic ? <Badge size="small">{automaticWords[mail.automatic]}</Badge> : null}
      </InlineStack>
      {incoming ? <Line name="From" boxes={[mail.from]} /> : null}
      <Line name="To" boxes={mail.to} />
      <Line name="Cc" boxes={mail.cc} />
      {incoming && verdict !== "forged" ? (
        <Text as="p" variant="bodySm" tone={verdict === "aligned" ? "subdued" : "caution"} breakWord>
          {verdict === "aligned" ? words : `Not proven: ${lowered(words)}`}
        </Text>
      ) : null}
    </div>
  );
}

/** As many as fit on a line or two; the whole list is in the mail itself. */
const mostShown = 6;

function Line({ name, boxes }: { name: string; boxes: Mailbox[] }) {
  if (boxes.length === 0) return null;
  const more = boxes.length - mostShown;
  return (
    <Text as="p" variant="bodySm" tone="subdued" breakWord>
      {`${name}: `}
      <bdi>{boxes.slice(0, mostShown).map(boxWords).join(", ")}</bdi>
      {more > 0 ? ` and ${more} more` : ""}
    </Text>
  );
}

/** The address at which the app itself takes the answers of one conversation: signed, long, and of no use to a reader. */
const ofConversation = /^[a-z2-7]{16}\+c\.[a-z2-7.]+@/i;

/** "Ada Lovelace <ada@example.com>" */
export function boxWords({ name, address }: Mailbox): string {
  if (ofConversation.test(address)) return "your store, in answer to this conversation";
  return name && name !== address ? `${name} <${address}>` : address;
}

const ended = (words: string): string => (/[.!?]$/.test(words) ? words : `${words}.`);
const lowered = (words: string): string => words.charAt(0).toLowerCase() + words.slice(1);
