import { BlockStack, Card, Checkbox, FormLayout, Layout, Text, TextField } from "@shopify/polaris";
import type { ReactNode } from "react";

/** The form as text, field by field. */
export interface SettingsValues {
  privacyPolicyUrl: string;
  displayName: string;
  awayMessage: string;
  hoursText: string;
  continueDays: string;
  followUpByEmail: boolean;
  followUpAfterMinutes: string;
  followUpGapMinutes: string;
}

/** Those that are written, not chosen. */
type Written = Exclude<keyof SettingsValues, "followUpByEmail">;

interface SettingsFormProps {
  values: SettingsValues;
  /** What is wrong, by field. */
  problems: Partial<Record<keyof SettingsValues, string>>;
  shopName: string;
  onChange(field: keyof SettingsValues, value: string | boolean): void;
}

/** What a merchant can set, in the order in which a shopper meets it. */
export function SettingsForm({ values, problems, shopName, onChange }: SettingsFormProps) {
  const field = (name: Written) => ({
    value: values[name],
    error: problems[name],
    onChange: (value: string) => onChange(name, value),
    autoComplete: "off",
  });
  return (
    <Layout>
      <Part title="Shoppers see" words="What stands in the chat on your storefront.">
        <TextField
          label="Name"
          helpText="Stands over the chat. Leave it empty for the name of your store."
          placeholder={shopName}
          maxLength={60}
          showCharacterCount
          {...field("displayName")}
        />
        <TextField
          label="Opening hours"
          helpText="In your words, such as Monday to Friday, 9 to 17."
          maxLength={200}
          {...field("hoursText")}
        />
        <TextField
          label="Away message"
          helpText="Said when nobody of your team is there. Leave it empty for our words, in the shopper's language."
          multiline={3}
          maxLength={500}
          showCharacterCount
          {...field("awayMessage")}
        />
      </Part>
      <Part title="Privacy" words="Shoppers read this before their first message.">
        <TextField
          label="Privacy policy"
          type="url"
          inputMode="url"
          placeholder="https://example.com/policies/privacy-policy"
          helpText="Linked from the line about their data."
          {...field("privacyPolicyUrl")}
        />
      </Part>
      <Part title="Conversations" words="When a new message goes on with what was said before.">
        <TextField
          label="Continue a closed conversation for"
          type="number"
          min={0}
          max={365}
          suffix="days"
          helpText="A message after that begins a new conversation. 0 always begins a new one."
          {...field("continueDays")}
        />
      </Part>
      <Part
        title="Email for missed replies"
        words="When a shopper has left your store, replies that they have not seen go to their email address."
      >
        <Checkbox
          label="Send missed replies by email"
          helpText="Sent from your connected email account, to the address the shopper gave or has proven. Their answer comes back to the same conversation."
          checked={values.followUpByEmail}
          onChange={(checked) => onChange("followUpByEmail", checked)}
        />
        <FormLayout.Group condensed>
          <TextField
            label="Send after"
            type="number"
            min={1}
            max={1440}
            suffix="minutes"
            disabled={!values.followUpByEmail}
            {...field("followUpAfterMinutes")}
          />
          <TextField
            label="At most one email every"
            type="number"
            min={1}
            max={1440}
            suffix="minutes"
            disabled={!values.followUpByEmail}
            {...field("followUpGapMinutes")}
          />
        </FormLayout.Group>
      </Part>
    </Layout>
  );
}

function Part({ title, words, children }: { title: string; words: string; children: ReactNode }) {
  return (
    <Layout.AnnotatedSection
      title={title}
      description={
        <Text as="span" tone="subdued">
          {words}
        </Text>
      }
    >
      <Card>
        <BlockStack>
          <FormLayout>{children}</FormLayout>
        </BlockStack>
      </Card>
    </Layout.AnnotatedSection>
  );
}
