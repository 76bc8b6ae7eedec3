import { InlineStack, Tag, Text, TextField } from "@shopify/polaris";
import type { Mailbox } from "~/channels/content";
import type { ThreadEntry } from "~/conversations/thread-entry";
import { boxWords } from "../thread/mail-head";
import styles from "./composer.module.css";

export interface MailDraft {
  /** Null: that of the mail that is answered. */
  subject: string | null;
  cc: Mailbox[];
}

/** What the last mail of the conversation was called, and who got a copy; null when there was none yet. */
export function lastMail(entries: readonly ThreadEntry[]): { subject: string; cc: Mailbox[] } | null {
  for (const entry of entries.toReversed()) {
    const mail = entry.type === "message" ? entry.message.content?.email : null;
    if (mail && !mail.automatic) return { subject: mail.subject, cc: mail.cc };
  }
  return null;
}

/** "Re: Jacket" once, however often it went to and fro. */
export function answerSubject(subject: string): string {
  return /^re\s*:/i.test(subject) || subject === "" ? subject : `Re: ${subject}`;
}

interface MailFieldsProps {
  /** Of the mail that is answered; null for the first one. */
  answered: { subject: string } | null;
  draft: MailDraft;
  onChange(draft: MailDraft): void;
}

/** Over a mail: its subject and who gets a copy. */
export function MailFields({ answered, draft, onChange }: MailFieldsProps) {
  return (
    <div className={styles.mail}>
      <TextField
        label="Subject"
        labelHidden
        prefix="Subject"
        value={draft.subject ?? (answered ? answerSubject(answered.subject) : "")}
        onChange={(subject) => onChange({ ...draft, subject })}
        autoComplete="off"
        maxLength={500}
        size="slim"
      />
      {draft.cc.length > 0 ? (
        <InlineStack gap="100" blockAlign="center">
          <Text as="span" variant="bodySm" tone="subdued">
            Copy to
          </Text>
          {draft.cc.map((one) => (
            <Tag
              key={one.address}
              accessibilityLabel={`Send no copy to ${one.address}`}
              onRemove={() => onChange({ ...draft, cc: draft.cc.filter(({ address }) => address !== one.address) })}
            >
              {boxWords(one)}
            </Tag>
          ))}
        </InlineStack>
      ) : null}
    </div>
  );
}
