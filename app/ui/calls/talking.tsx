import { useLocation, useNavigate } from "@remix-run/react";
import { Badge, Button, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { CallView, LiveCalls } from "~/calls/live";
import { AskFailed, ask, posting } from "../ask";
import { running } from "./call-words";
import { CallerName, Story } from "./caller";
import styles from "./calls.module.css";
import { Problem } from "./problem";
import type { Calls } from "./use-calls";

/** The call one talks in, and what can be done with it. */
export function Talking({ call, live, calls }: { call: CallView; live: LiveCalls; calls: Calls }) {
  const navigate = useNavigate();
  const isThere = useLocation().pathname === `/inbox/${call.conversationId}`;
  const [form, setForm] = useState<"transfer" | "note" | null>(null);
  const toggle = (which: "transfer" | "note") => setForm(form === which ? null : which);
  const held = call.state === "on-hold";
  return (
    <div className={styles.bar} data-tone={held ? "held" : "talking"}>
      <div className={styles.row}>
        <div className={styles.words}>
          <InlineStack gap="200" blockAlign="center">
            <Text as="p" variant="headingSm">
              <CallerName caller={call.caller} />
            </Text>
            <Text as="span" tone="subdued">
              {call.answeredAt ? <Clock since={call.answeredAt} /> : "Ringing…"}
            </Text>
            {held ? <Badge tone="attention">On hold</Badge> : null}
            {call.recorded ? <Badge tone="critical">Recording</Badge> : null}
            {call.transferTo ? <Badge tone="info">{`Ringing ${call.transferTo}`}</Badge> : null}
          </InlineStack>
          <Story caller={call.caller} />
          {call.brief && !call.transferTo ? (
            <Text as="p" breakWord>
              {call.brief}
            </Text>
          ) : null}
        </div>
        <div className={styles.acts}>
          {isThere ? null : <Button onClick={() => navigate(`/inbox/${call.conversationId}`)}>Open</Button>}
          {call.answeredAt ? (
            <>
              <Button
                disabled={calls.busy}
                onClick={() => void calls.act({ act: "hold", callId: call.id, hold: !held })}
              >
                {held ? "Resume" : "Hold"}
              </Button>
              <Button disabled={calls.busy} ariaExpanded={form === "transfer"} onClick={() => toggle("transfer")}>
                Transfer
              </Button>
            </>
          ) : null}
          <Button ariaExpanded={form === "note"} onClick={() => toggle("note")}>
            Note
          </Button>
          <Button
            tone="critical"
            disabled={calls.busy}
            onClick={() => void calls.act({ act: "hang-up", callId: call.id })}
          >
            End call
          </Button>
        </div>
      </div>
      {form === "transfer" ? <Transfer call={call} live={live} calls={calls} onDone={() => setForm(null)} /> : null}
      {form === "note" ? <Note call={call} onDone={() => setForm(null)} /> : null}
      <Problem calls={calls} />
    </div>
  );
}

function Clock({ since }: { since: string }) {
  const [now, setNow] = useState(() => Date.now());
  useEffect(() => {
    const timer = setInterval(() => setNow(Date.now()), 1_000);
    return () => clearInterval(timer);
  }, []);
  return <span className={styles.clock}>{running((now - Date.parse(since)) / 1_000)}</span>;
}

function Transfer({ call, live, calls, onDone }: { call: CallView; live: LiveCalls; calls: Calls; onDone(): void }) {
  const [toStaffId, setTo] = useState("");
  const [brief, setBrief] = useState("");
  const free = live.colleagues.filter((one) => !one.busy);
  if (free.length === 0) {
    return (
      <Text as="p" tone="subdued">
        No colleague takes calls right now.
      </Text>
    );
  }
  const send = async () => {
    if (await calls.act({ act: "transfer", callId: call.id, toStaffId, brief })) onDone();
  };
  return (
    <div className={styles.form}>
      <Select
        label="Colleague"
        placeholder="Choose a colleague"
        options={free.map(({ id, name }) => ({ value: id, label: name }))}
        value={toStaffId}
        onChange={setTo}
      />
      <TextField
        label="What they need to know"
        value={brief}
        onChange={setBrief}
        maxLength={1_000}
        multiline
        autoComplete="off"
      />
      <Button variant="primary" disabled={!toStaffId || calls.busy} onClick={() => void send()}>
        Ring colleague
      </Button>
    </div>
  );
}

/** What is worth keeping while one talks, as a note in the call's conversation. */
function Note({ call, onDone }: { call: CallView; onDone(): void }) {
  const [text, setText] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  // The same note when it is sent once more because its answer was lost.
  const [clientKey] = useState(() => crypto.randomUUID());
  const save = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await ask(`/inbox/${call.conversationId}/entries`, posting({ kind: "note", text, clientKey }));
      onDone();
    } catch (error) {
      setProblem(error instanceof AskFailed ? error.message : "Something went wrong on our side. Try again.");
      setBusy(false);
    }
  };
  return (
    <div className={styles.form}>
      <TextField
        label="Note"
        value={text}
        onChange={setText}
        multiline={2}
        autoComplete="off"
        autoFocus
        helpText="Only your team sees it."
        {...(problem ? { error: problem } : {})}
      />
      <Button variant="primary" disabled={text.trim() === ""} loading={busy} onClick={() => void save()}>
        Add note
      </Button>
    </div>
  );
}
