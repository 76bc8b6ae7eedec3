import { Banner, BlockStack, Button, ChoiceList, FormLayout, Modal, TextField } from "@shopify/polaris";
import { type KeyboardEvent, useRef, useState } from "react";
import {
  type ContactKind,
  type ContactOutcome,
  contactOutcomes,
  outcomeWords,
} from "~/conversations/contacts/outcomes";
import { AskFailed, ask, posting } from "../ask";

/** The button with its dialog. */
export function LogContactButton({ customerId }: { customerId: string }) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button onClick={() => setOpen(true)}>Log a contact</Button>
      {open ? <LogContact customerId={customerId} onClose={() => setOpen(false)} /> : null}
    </>
  );
}

const help: Readonly<Record<ContactOutcome, string>> = {
  solved: "Closes the conversation.",
  "follow-up": "Stays open and waits in the inbox.",
  "not-reached": "Whoever waits for an answer keeps waiting.",
};

/** What was talked about in the store or on a phone that is not connected, in five seconds: write, choose, save. */
export function LogContact({ customerId, onClose }: { customerId: string; onClose(): void }) {
  const [kind, setKind] = useState<ContactKind>("visit");
  const [outcome, setOutcome] = useState<ContactOutcome>("solved");
  const [text, setText] = useState("");
  const [place, setPlace] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AskFailed | null>(null);
  const key = useRef(crypto.randomUUID());
  const wrong = (field: string) => problem?.fields.find((one) => one.field === field)?.message;

  const save = async () => {
    if (busy) return;
    setBusy(true);
    setProblem(null);
    try {
      const said = {
        kind,
        text,
        outcome,
        place: kind === "visit" && place.trim() ? place : null,
        clientKey: key.current,
      };
      await ask(`/customers/${customerId}/contacts`, posting(said));
      onClose();
    } catch (error) {
      setProblem(error instanceof AskFailed ? error : new AskFailed(0, "failed", "Something went wrong. Try again."));
      setBusy(false);
    }
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== "Enter" || !(event.metaKey || event.ctrlKey)) return;
    event.preventDefault();
    save();
  };
  const choose = (next: ContactKind) => {
    setKind(next);
    // Somebody who stands in the store was reached.
    if (next === "visit" && outcome === "not-reached") setOutcome("solved");
  };

  return (
    <Modal
      open
      onClose={onClose}
      title="Log a contact"
      primaryAction={{ content: "Save", onAction: save, loading: busy, disabled: text.trim() === "" }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <Modal.Section>
        {/* biome-ignore lint/a11y/noStaticElementInteractions: Ctrl+Enter saves from any of the fields. */}
        <div onKeyDown={onKeyDown}>
          <BlockStack gap="400">
            {problem && problem.fields.length === 0 ? <Banner tone="critical">{problem.message}</Banner> : null}
            <FormLayout>
              <TextField
                label="What it was about"
                value={text}
                onChange={setText}
                multiline={3}
                autoComplete="off"
                maxLength={5_000}
                autoFocus
                helpText="Only your team sees this."
                {...(wrong("text") ? { error: wrong("text") } : {})}
              />
              <FormLayout.Group condensed>
                <ChoiceList
                  title="How"
                  choices={[
                    { label: "In the store", value: "visit" },
                    { label: "On the phone", value: "call" },
                  ]}
                  selected={[kind]}
                  onChange={([next]) => choose(next as ContactKind)}
                />
                <ChoiceList
                  title="Outcome"
                  choices={contactOutcomes
                    .filter((one) => kind === "call" || one !== "not-reached")
                    .map((one) => ({ label: outcomeWords[one], value: one, helpText: help[one] }))}
                  selected={[outcome]}
                  onChange={([next]) => setOutcome(next as ContactOutcome)}
                  {...(wrong("outcome") ? { error: wrong("outcome") } : {})}
                />
              </FormLayout.Group>
              {kind === "visit" ? (
                <TextField
                  label="Where (optional)"
                  value={place}
                  onChange={setPlace}
                  autoComplete="off"
                  maxLength={80}
                  {...(wrong("place") ? { error: wrong("place") } : {})}
                />
              ) : null}
            </FormLayout>
          </BlockStack>
        </div>
      </Modal.Section>
    </Modal>
  );
}
