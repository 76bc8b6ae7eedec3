import { Banner, ChoiceList, FormLayout, Modal, Select, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import { type ConsentChannel, type ConsentPurpose, channels, purposes } from "~/consent/consent";
import type { ConsentLine, ConsentView } from "~/consent/consent-view";
import { channelWords, purposeWords } from "~/consent/words";
import { AskFailed, ask, posting } from "../ask";
import { effectWords } from "./consent-words";

interface ConsentFormProps {
  customerId: string;
  /** What is to be changed; null: anything. */
  about: ConsentLine | null;
  inShopify: boolean;
  onClose(): void;
  onRecorded(view: ConsentView): void;
}

const upper = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

/** Asks what a person said, how staff know, and says what recording it will do. */
export function ConsentForm({ customerId, about, inShopify, onClose, onRecorded }: ConsentFormProps) {
  const [allows, setAllows] = useState(about ? about.state !== "given" : false);
  const [channel, setChannel] = useState<ConsentChannel>(about?.channel ?? "email");
  const [purpose, setPurpose] = useState<ConsentPurpose>(about?.purpose ?? "marketing");
  const [touchpoint, setTouchpoint] = useState("");
  const [wording, setWording] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<AskFailed | null>(null);
  const wrong = (field: string) => problem?.fields.find((one) => one.field === field)?.message;
  const other = problem && problem.fields.length === 0 ? problem.message : null;
  const where = purpose === "tracking" ? "browser" : purpose === "recording" ? "voice" : channel;

  const record = async () => {
    setBusy(true);
    setProblem(null);
    try {
      const said = { allows, channel: where, purpose, touchpoint, ...(wording ? { wording } : {}) };
      onRecorded(await ask<ConsentView>(`/customers/${customerId}/consents`, posting(said)));
    } catch (error) {
      setProblem(error instanceof AskFailed ? error : new AskFailed(0, "failed", "This could not be recorded."));
      setBusy(false);
    }
  };
  const offered = channels.filter((one) => one !== "browser" && one !== "voice");
  return (
    <Modal
      open
      onClose={onClose}
      title="Record what they said"
      primaryAction={{ content: "Record", onAction: () => void record(), loading: busy, destructive: !allows }}
      secondaryActions={[{ content: "Cancel", onAction: onClose, disabled: busy }]}
    >
      <Modal.Section>
        <FormLayout>
          {other ? <Banner tone="critical">{other}</Banner> : null}
          <Select
            label="What it is for"
            options={purposes.map((value) => ({ value, label: purposeWords[value] }))}
            value={purpose}
            onChange={(value) => setPurpose(value as ConsentPurpose)}
            error={wrong("purpose")}
          />
          {where === channel ? (
            <Select
              label="How it reaches them"
              options={offered.map((value) => ({ value, label: upper(channelWords[value]) }))}
              value={channel}
              onChange={(value) => setChannel(value as ConsentChannel)}
              error={wrong("channel")}
            />
          ) : null}
          <ChoiceList
            title="They said"
            choices={[
              { label: "They allow it", value: "yes" },
              { label: "They do not allow it (any more)", value: "no" },
            ]}
            selected={[allows ? "yes" : "no"]}
            onChange={([value]) => setAllows(value === "yes")}
          />
          <TextField
            label="How you know"
            placeholder="Said so on the phone today"
            autoComplete="off"
            maxLength={200}
            value={touchpoint}
            onChange={setTouchpoint}
            error={wrong("touchpoint")}
          />
          {allows ? (
            <TextField
              label="What you asked them"
              helpText="Optional: the words they agreed to."
              autoComplete="off"
              multiline={2}
              maxLength={1_000}
              value={wording}
              onChange={setWording}
              error={wrong("wording")}
            />
          ) : null}
          <div aria-live="polite">
            <Text as="p" tone="subdued">
              {effectWords(allows, where, purpose, inShopify)}
            </Text>
          </div>
        </FormLayout>
      </Modal.Section>
    </Modal>
  );
}
