import { Banner, BlockStack, Button, Card, InlineStack, Link, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { FormDoor } from "~/settings/form-sites";
import { AskFailed, ask, posting } from "../ask";

/** The contact form: where it posts to, which websites may, and whether it can be answered. */
export function FormCard({ form }: { form: FormDoor }) {
  const [kept, setKept] = useState(form.sites.join("\n"));
  const [sites, setSites] = useState(kept);
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);

  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const said = await ask<{ sites: string[] }>("/settings/form", posting({ sites }));
      setKept(said.sites.join("\n"));
      setSites(said.sites.join("\n"));
    } catch (error) {
      setProblem(error instanceof AskFailed ? error.message : "Something went wrong. Try again.");
    }
    setBusy(false);
  };

  return (
    <Card>
      <BlockStack gap="400">
        <BlockStack gap="100">
          <Text as="h2" variant="headingSm">
            Contact form
          </Text>
          <Text as="p" tone="subdued">
            What customers send becomes an email conversation. Add the Contact form block to your theme, or post a form
            of another website to the address below.
          </Text>
        </BlockStack>
        {form.answerable ? null : (
          <Banner tone="warning">
            <p>
              No email address is connected. Forms are kept and shown in your inbox, but you can’t answer them by email
              yet. <Link url="/settings/channels/email">Connect an email address</Link>
            </p>
          </Banner>
        )}
        <TextField
          label="Address for forms on other websites"
          value={form.address}
          readOnly
          autoComplete="off"
          selectTextOnFocus
        />
        <TextField
          label="Websites that can send forms"
          value={sites}
          onChange={setSites}
          multiline={2}
          autoComplete="off"
          placeholder="https://www.example.com"
          helpText="One on each line. Your store’s own addresses always can."
          {...(problem ? { error: problem } : {})}
        />
        <InlineStack align="end">
          <Button onClick={save} loading={busy} disabled={sites === kept} accessibilityLabel="Save websites">
            Save
          </Button>
        </InlineStack>
      </BlockStack>
    </Card>
  );
}
