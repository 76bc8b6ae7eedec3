import { Badge, Banner, BlockStack, Button, InlineStack, Modal, Spinner, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { Template } from "~/channels/channel";
import { useAdmin } from "../admin-context";
import { ask } from "../ask";
import styles from "./composer.module.css";
import { askedOf, filled, wordsOf } from "./template-text";

export interface ChosenTemplate {
  name: string;
  language: string;
  values: string[];
}

interface TemplatePickerProps {
  open: boolean;
  endpointId: string;
  onClose(): void;
  onSend(template: ChosenTemplate, text: string): void;
}

/** Lists what the provider has approved, fills in the values, and shows what will be read. */
export function TemplatePicker({ open, endpointId, onClose, onSend }: TemplatePickerProps) {
  const [templates, setTemplates] = useState<Template[] | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  const [attempt, setAttempt] = useState(0);
  const [chosen, setChosen] = useState<Template | null>(null);
  const [values, setValues] = useState<string[]>([]);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `attempt` asks once more.
  useEffect(() => {
    if (!open) return;
    let gone = false;
    setProblem(null);
    setChosen(null);
    ask<{ templates: Template[] }>(`/inbox/templates/${endpointId}`).then(
      (answer) => gone || setTemplates(answer.templates),
      (error: Error) => gone || setProblem(error.message),
    );
    return () => {
      gone = true;
    };
  }, [open, endpointId, attempt]);
  const asked = chosen ? askedOf(chosen) : [];
  const complete = asked.every((_, at) => values[at]?.trim());
  const send = () => {
    if (!chosen || !complete) return;
    const given = asked.map((_, at) => values[at]?.trim() ?? "");
    onSend({ name: chosen.name, language: chosen.language, values: given }, wordsOf(filled(chosen, given)));
    onClose();
  };
  return (
    <Modal
      open={open}
      onClose={onClose}
      title={chosen ? chosen.name : "Choose a template"}
      {...(chosen
        ? {
            primaryAction: { content: "Send template", onAction: send, disabled: !complete },
            secondaryActions: [{ content: "Back", onAction: () => setChosen(null) }],
          }
        : {})}
    >
      {problem ? (
        <Modal.Section>
          <Banner
            tone="critical"
            title={problem}
            action={{ content: "Try again", onAction: () => setAttempt((count) => count + 1) }}
          />
        </Modal.Section>
      ) : chosen ? (
        <Modal.Section>
          <BlockStack gap="400">
            {asked.map(({ key, label }, at) => (
              <TextField
                key={key}
                label={label}
                value={values[at] ?? ""}
                onChange={(value) => setValues((before) => Object.assign([...before], { [at]: value }))}
                autoComplete="off"
                maxLength={1_024}
              />
            ))}
            <Preview template={chosen} values={values} />
          </BlockStack>
        </Modal.Section>
      ) : templates ? (
        <List
          templates={templates}
          onChoose={(one) => {
            setValues([]);
            setChosen(one);
          }}
        />
      ) : (
        <Modal.Section>
          <InlineStack align="center">
            <Spinner accessibilityLabel="Loading templates" />
          </InlineStack>
        </Modal.Section>
      )}
    </Modal>
  );
}

function List({ templates, onChoose }: { templates: Template[]; onChoose(template: Template): void }) {
  const { locale } = useAdmin();
  const [search, setSearch] = useState("");
  const wanted = search.trim().toLowerCase();
  const found = templates.filter((one) =>
    [one.name, one.body, one.header ?? "", one.language].some((text) => text.toLowerCase().includes(wanted)),
  );
  return (
    <>
      <Modal.Section>
        <TextField
          label="Search templates"
          labelHidden
          placeholder="Search templates"
          value={search}
          onChange={setSearch}
          autoComplete="off"
          clearButton
          onClearButtonClick={() => setSearch("")}
        />
      </Modal.Section>
      {found.length === 0 ? (
        <Modal.Section>
          <Text as="p" tone="subdued" alignment="center">
            {templates.length === 0
              ? "No template is approved yet. Write one in WhatsApp Manager; it is here once Meta has approved it."
              : `No template has “${search.trim()}” in it.`}
          </Text>
        </Modal.Section>
      ) : (
        <ul className={styles.templates}>
          {found.map((one) => (
            <li key={`${one.name} ${one.language}`}>
              <button type="button" onClick={() => onChoose(one)}>
                <InlineStack gap="200" blockAlign="center">
                  <Text as="span" fontWeight="semibold" breakWord>
                    {one.name}
                  </Text>
                  <Badge size="small">{languageName(one.language, locale)}</Badge>
                  <Badge size="small">{one.category.charAt(0) + one.category.slice(1).toLowerCase()}</Badge>
                </InlineStack>
                <Text as="span" variant="bodySm" tone="subdued" truncate>
                  <bdi>{one.body.replace(/\s+/g, " ")}</bdi>
                </Text>
              </button>
            </li>
          ))}
        </ul>
      )}
    </>
  );
}

/** What the person will read. */
function Preview({ template, values }: { template: Template; values: string[] }) {
  const { header, body, footer } = filled(template, values);
  return (
    <section className={styles.preview} aria-label="Preview" dir="auto">
      {header ? (
        <Text as="p" fontWeight="semibold" breakWord>
          {header}
        </Text>
      ) : null}
      <div className={styles.previewBody}>{body}</div>
      {footer ? (
        <Text as="p" variant="bodySm" tone="subdued" breakWord>
          {footer}
        </Text>
      ) : null}
      {template.buttons.length > 0 ? (
        <InlineStack gap="200">
          {template.buttons.map((words) => (
            <Button key={words} disabled>
              {words}
            </Button>
          ))}
        </InlineStack>
      ) : null}
    </section>
  );
}

/** "English (United States)" for "en_US", as WhatsApp writes it. */
function languageName(language: string, locale: string): string {
  try {
    return new Intl.DisplayNames([locale], { type: "language" }).of(language.replace("_", "-")) ?? language;
  } catch {
    return language;
  }
}
