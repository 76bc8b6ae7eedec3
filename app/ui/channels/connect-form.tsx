import { Banner, BlockStack, Button, ButtonGroup, Form, FormLayout, Select, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { ConnectField } from "~/channels/channel";
import type { AccountView } from "~/settings/channels/connections";
import { useChannelAct } from "./use-act";

interface ConnectFormProps {
  kind: string;
  fields: readonly ConnectField[];
  /** The account whose set-up is changed; null to connect another one. */
  account: AccountView | null;
  /** With the secrets that were made. */
  onDone(made: string[]): void;
  onCancel?: () => void;
}

/** What a provider wants to know, as its adapter says. What is secret is never shown again, only replaced. */
export function ConnectForm({ kind, fields, account, onDone, onCancel }: ConnectFormProps) {
  const [values, setValues] = useState<Record<string, string>>(() => startOf(fields, account));
  const [touched, setTouched] = useState<ReadonlySet<string>>(new Set());
  const { act, busy, problem } = useChannelAct(kind, (made) => {
    setValues(startOf(fields, account));
    onDone(made);
  });
  const named = new Set(fields.map((field) => field.name));
  const problems = (problem?.fields ?? []).filter((one) => !touched.has(one.field));
  const whole = problem
    ? problem.fields
      ? problems.filter((one) => !named.has(one.field)).map((one) => one.message)
      : [problem.message]
    : [];
  const write = (name: string, value: string) => {
    setValues((before) => ({ ...before, [name]: value }));
    setTouched((before) => new Set(before).add(name));
  };
  const submit = () => {
    setTouched(new Set());
    act({ act: "connect", values, accountId: account?.id ?? null });
  };
  return (
    <Form onSubmit={submit} noValidate>
      <BlockStack gap="400">
        {whole.length > 0 ? (
          <Banner tone="critical" title={account ? "This was not saved" : "This was not connected"}>
            {whole.map((words) => (
              <p key={words}>{words}</p>
            ))}
          </Banner>
        ) : null}
        <FormLayout>
          {fields
            .filter((field) => isAsked(field, values))
            .map((field) => (
              <Field
                key={field.name}
                field={field}
                value={values[field.name] ?? ""}
                kept={account?.kept.includes(field.name) ?? false}
                error={problems.find((one) => one.field === field.name)?.message}
                onChange={(value) => write(field.name, value)}
              />
            ))}
        </FormLayout>
        <ButtonGroup>
          <Button submit variant="primary" loading={busy !== null}>
            {account ? "Save" : "Connect"}
          </Button>
          {onCancel ? (
            <Button onClick={onCancel} disabled={busy !== null}>
              Cancel
            </Button>
          ) : null}
        </ButtonGroup>
      </BlockStack>
    </Form>
  );
}

interface FieldProps {
  field: ConnectField;
  value: string;
  /** A secret that is kept already. */
  kept: boolean;
  error: string | undefined;
  onChange(value: string): void;
}

function Field({ field, value, kept, error, onChange }: FieldProps) {
  const label = field.optional ? `${field.label} (optional)` : field.label;
  if (field.choices) {
    return (
      <Select
        label={label}
        options={field.choices.map((one) => ({ ...one }))}
        value={value}
        onChange={onChange}
        helpText={field.help}
        error={error}
      />
    );
  }
  return (
    <TextField
      label={label}
      value={value}
      onChange={onChange}
      error={error}
      type={field.secret ? "password" : "text"}
      autoComplete={field.secret ? "new-password" : "off"}
      helpText={
        kept ? (
          <Text as="span" tone="subdued">
            Saved, and never shown again. Type to replace it. {field.help}
          </Text>
        ) : (
          field.help
        )
      }
      {...(kept ? { placeholder: "Saved" } : {})}
    />
  );
}

function isAsked({ when }: ConnectField, values: Record<string, string>): boolean {
  return !when || values[when.field] === when.is;
}

function startOf(fields: readonly ConnectField[], account: AccountView | null): Record<string, string> {
  return Object.fromEntries(
    fields.map((field) => [field.name, account?.values[field.name] ?? field.choices?.[0]?.value ?? ""]),
  );
}
