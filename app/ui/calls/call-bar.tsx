import { useLocation, useNavigate } from "@remix-run/react";
import { Button, Select, Text } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { CallView } from "~/calls/live";
import { CallerName, Story } from "./caller";
import styles from "./calls.module.css";
import { Problem } from "./problem";
import { TakingCalls } from "./taking-calls";
import { Talking } from "./talking";
import { type Calls, useCalls } from "./use-calls";

/** On every page of the admin: who calls, the call one talks in, and what it was about when it is over. */
export function CallBar() {
  const calls = useCalls();
  const navigate = useNavigate();
  const { live } = calls;
  const opened = useRef(new Set<string>());
  const ringing = live?.mine ? null : live?.ringing[0];
  const talking = live?.mine?.answeredAt ? live.mine : null;
  useEffect(() => {
    // Their story is on the screen before a word is said; whoever then goes elsewhere stays there.
    const next = talking ?? ringing;
    if (!next) return;
    const key = `${next.id} ${talking ? "taken" : "ringing"}`;
    // Whoever writes is not taken away from it by a call that they may not take.
    if (opened.current.has(key) || (!talking && isWriting())) return;
    const isThere = opened.current.has(`${next.id} ringing`);
    opened.current.add(key);
    if (!isThere) navigate(`/inbox/${next.conversationId}`);
  }, [talking, ringing, navigate]);
  if (!live?.connected) return null;
  return (
    <section aria-label="Calls" aria-live="polite">
      {live.mine ? null : <TakingCalls live={live} calls={calls} />}
      {live.ringing.map((call) => (
        <Incoming key={call.id} call={call} calls={calls} phone={live.me.phone} />
      ))}
      {live.mine ? <Talking call={live.mine} live={live} calls={calls} /> : null}
      {live.wrapUp ? <WrapUp call={live.wrapUp} codes={live.codes} calls={calls} /> : null}
    </section>
  );
}

/** Whether a key that is pressed now is a letter of something. */
function isWriting(): boolean {
  const at = document.activeElement;
  if (at instanceof HTMLTextAreaElement || at instanceof HTMLInputElement) return at.value !== "";
  return at instanceof HTMLElement && at.isContentEditable && at.textContent !== "";
}

function Incoming({ call, calls, phone }: { call: CallView; calls: Calls; phone: string | null }) {
  const navigate = useNavigate();
  const isThere = useLocation().pathname === `/inbox/${call.conversationId}`;
  return (
    <div className={styles.bar} data-tone="incoming">
      <div className={styles.row}>
        <div className={styles.words}>
          <Text as="p" variant="headingSm">
            {call.fromName ? `${call.fromName} hands over a call with ` : "Incoming call from "}
            <CallerName caller={call.caller} />
          </Text>
          <Story caller={call.caller} />
          {call.brief ? (
            <Text as="p" breakWord>
              {call.brief}
            </Text>
          ) : null}
          <Text as="p" variant="bodySm" tone="subdued">
            {phone ? `Your phone ${phone} is ringing. Pick up and press 1 to take the call.` : "Ringing."}
          </Text>
        </div>
        <div className={styles.acts}>
          {isThere ? null : (
            <Button variant="primary" onClick={() => navigate(`/inbox/${call.conversationId}`)}>
              Open
            </Button>
          )}
          <Button disabled={calls.busy} onClick={() => void calls.act({ act: "decline", callId: call.id })}>
            Decline
          </Button>
        </div>
      </div>
      <Problem calls={calls} />
    </div>
  );
}

function WrapUp({ call, codes, calls }: { call: CallView; codes: string[]; calls: Calls }) {
  const [code, setCode] = useState("");
  return (
    <div className={styles.bar} data-tone="wrap-up">
      <div className={styles.row}>
        <div className={styles.words}>
          <Text as="p" variant="headingSm">
            {"Call ended with "}
            <CallerName caller={call.caller} />
          </Text>
        </div>
        <div className={styles.acts}>
          <Select
            label="What was it about?"
            labelInline
            placeholder="Choose"
            options={codes.map((each) => ({ value: each, label: each }))}
            value={code}
            onChange={setCode}
          />
          <Button
            variant="primary"
            disabled={!code || calls.busy}
            onClick={() => void calls.act({ act: "wrap-up", callId: call.id, code })}
          >
            Save
          </Button>
        </div>
      </div>
      <Problem calls={calls} />
    </div>
  );
}
