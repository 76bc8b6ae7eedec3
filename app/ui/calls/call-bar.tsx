import { useNavigate } from "@remix-run/react";
import { Badge, Button, InlineStack, Select, Text, TextField } from "@shopify/polaris";
import { useEffect, useRef, useState } from "react";
import type { CallerView, CallView, LiveCalls } from "~/calls/live";
import { useAdmin } from "../admin-context";
import { money } from "../money";
import { age } from "../time";
import { running } from "./call-words";
import styles from "./calls.module.css";
import { TakingCalls } from "./taking-calls";
import { type Calls, useCalls } from "./use-calls";

/** On every page of the admin: who calls, the call one talks in, and what it was about when it is over. */
export function CallBar() {
  const calls = useCalls();
  const navigate = useNavigate();
  const { live } = calls;
  const opened = useRef<string | null>(null);
  const answered = live?.mine?.answeredAt ? live.mine : null;
  useEffect(() => {
    // Once a call is taken its story opens; whoever then goes elsewhere stays there.
    if (!answered || opened.current === answered.id) return;
    opened.current = answered.id;
    navigate(`/inbox/${answered.conversationId}`);
  }, [answered, navigate]);
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

function Incoming({ call, calls, phone }: { call: CallView; calls: Calls; phone: string | null }) {
  const navigate = useNavigate();
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
          <Button variant="primary" onClick={() => navigate(`/inbox/${call.conversationId}`)}>
            Open
          </Button>
          <Button disabled={calls.busy} onClick={() => void calls.act({ act: "decline", callId: call.id })}>
            Decline
          </Button>
        </div>
      </div>
      <Problem calls={calls} />
    </div>
  );
}

function CallerName({ caller }: { caller: CallerView }) {
  const name = caller.name ?? (caller.number || "a hidden number");
  return <bdi>{caller.probably ? `${name}, probably` : name}</bdi>;
}

/** What there is to know before the first word. */
function Story({ caller }: { caller: CallerView }) {
  const { locale, shop } = useAdmin();
  const parts = [
    caller.name && caller.number ? caller.number : null,
    caller.cart ? `Cart ${money(caller.cart.total, caller.cart.currency, locale)}` : null,
    caller.last ? `Last: ${caller.last.text} (${age(caller.last.at, Date.now(), locale, shop.timeZone)})` : null,
  ].filter((part) => part !== null);
  return (
    <>
      <Text as="p" variant="bodySm" breakWord>
        {parts.length > 0 ? parts.join(" · ") : "No earlier contact"}
      </Text>
      {caller.verified ? null : (
        <Text as="p" variant="bodySm" tone="caution">
          The number is not verified and can be forged. Make sure who it is before you speak of orders.
        </Text>
      )}
    </>
  );
}

function Talking({ call, live, calls }: { call: CallView; live: LiveCalls; calls: Calls }) {
  const navigate = useNavigate();
  const [hands, setHands] = useState(false);
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
          <Button onClick={() => navigate(`/inbox/${call.conversationId}`)}>Open</Button>
          {call.answeredAt ? (
            <>
              <Button
                disabled={calls.busy}
                onClick={() => void calls.act({ act: "hold", callId: call.id, hold: !held })}
              >
                {held ? "Resume" : "Hold"}
              </Button>
              <Button disabled={calls.busy} ariaExpanded={hands} onClick={() => setHands(!hands)}>
                Transfer
              </Button>
            </>
          ) : null}
          <Button
            tone="critical"
            disabled={calls.busy}
            onClick={() => void calls.act({ act: "hang-up", callId: call.id })}
          >
            End call
          </Button>
        </div>
      </div>
      {hands ? <Transfer call={call} live={live} calls={calls} onDone={() => setHands(false)} /> : null}
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

function Problem({ calls }: { calls: Calls }) {
  return calls.problem ? (
    <Text as="p" tone="critical">
      {calls.problem}
    </Text>
  ) : null;
}
