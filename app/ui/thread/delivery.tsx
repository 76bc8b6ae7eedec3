import { Button, InlineStack, Text } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { DeliveryView, MessageView } from "~/realtime/frames";
import { useAdmin } from "../admin-context";
import { clockTime } from "../time";
import styles from "./thread.module.css";
import { type DeliveryAct, useThreadActs } from "./thread-acts";

const stateWords: Readonly<Record<DeliveryView["state"], string>> = {
  queued: "Queued",
  sending: "Sending…",
  unclear: "May not have been sent",
  sent: "Sent",
  delivered: "Delivered",
  read: "Read",
  failed: "Not sent",
};

/** How far one has come, in one line: "Delivered · 2 segments". */
export function deliveryWords({ state, note }: Pick<DeliveryView, "state" | "note">): string {
  return note ? `${stateWords[state]} · ${note}` : stateWords[state];
}

/** Whether it needs more than a word at the end of its run. */
export function isLoud({ state, error, notBefore }: DeliveryView): boolean {
  return state === "failed" || state === "unclear" || (state === "queued" && (error !== null || notBefore !== null));
}

/** What stands under a message of ours that failed, may have failed, or has not left yet. */
export function DeliveryNotice({ message, delivery }: { message: MessageView; delivery: DeliveryView }) {
  switch (delivery.state) {
    case "failed":
      return <Failed message={message} delivery={delivery} />;
    case "unclear":
      return <Unclear message={message} delivery={delivery} />;
    case "queued":
      return delivery.error ? <Waiting delivery={delivery} /> : <Leaving message={message} delivery={delivery} />;
    case "sending":
    case "sent":
    case "delivered":
    case "read":
      return null;
  }
}

interface NoticeProps {
  message: MessageView;
  delivery: DeliveryView;
}

function Failed({ message, delivery }: NoticeProps) {
  const { busy, problem, act } = useSettle(message);
  const { sendElsewhere } = useThreadActs();
  return (
    <div className={styles.notice} data-tone="critical" role="alert">
      <Text as="p" variant="bodySm" fontWeight="semibold">
        Not sent
      </Text>
      <Text as="p" variant="bodySm" breakWord>
        {problem ?? delivery.error ?? "It could not be delivered. Try again, or use another channel."}
      </Text>
      <InlineStack gap="200">
        <Button size="micro" loading={busy === "again"} onClick={() => act("again")}>
          Try again
        </Button>
        <Button size="micro" onClick={() => sendElsewhere(message)}>
          Send on another channel
        </Button>
      </InlineStack>
    </div>
  );
}

function Unclear({ message, delivery }: NoticeProps) {
  const { busy, problem, act } = useSettle(message);
  return (
    <div className={styles.notice} data-tone="caution" role="alert">
      <Text as="p" variant="bodySm" fontWeight="semibold">
        This may not have been sent
      </Text>
      <Text as="p" variant="bodySm" breakWord>
        {problem ?? delivery.error ?? "Nobody knows whether it arrived. Look there before you send it again."}
      </Text>
      <InlineStack gap="200">
        <Button size="micro" loading={busy === "arrived"} onClick={() => act("arrived")}>
          It arrived
        </Button>
        <Button size="micro" loading={busy === "again"} onClick={() => act("again")}>
          Send again
        </Button>
      </InlineStack>
    </div>
  );
}

function Waiting({ delivery }: { delivery: DeliveryView }) {
  const { locale, shop } = useAdmin();
  const next = delivery.notBefore ? `Tried again at ${clockTime(delivery.notBefore, locale, shop.timeZone)}.` : "";
  return (
    <div className={styles.notice} data-tone="caution">
      <Text as="p" variant="bodySm" breakWord>
        {`Not sent yet. ${delivery.error} ${next}`.trim()}
      </Text>
    </div>
  );
}

/** It leaves in a moment and can be taken back until then. */
function Leaving({ message, delivery }: NoticeProps) {
  const { busy, problem, act } = useSettle(message);
  const left = useSecondsUntil(delivery.notBefore);
  return (
    <InlineStack gap="200" blockAlign="center" align="end">
      <Text as="span" variant="bodySm" tone={problem ? "critical" : "subdued"}>
        {problem ?? (left > 0 ? `Leaves in ${left} s` : "Queued")}
      </Text>
      {left > 0 && !problem ? (
        <Button size="micro" variant="plain" loading={busy === "unsend"} onClick={() => act("unsend")}>
          Undo send
        </Button>
      ) : null}
    </InlineStack>
  );
}

function useSettle(message: MessageView) {
  const { settle } = useThreadActs();
  const [busy, setBusy] = useState<DeliveryAct | null>(null);
  const [problem, setProblem] = useState<string | null>(null);
  return {
    busy,
    problem,
    act(what: DeliveryAct) {
      if (busy) return;
      setBusy(what);
      setProblem(null);
      settle(message, what)
        .catch((error: Error) => setProblem(error.message))
        .finally(() => setBusy(null));
    },
  };
}

/** Whole seconds until then, counted down; 0 once it is over. */
function useSecondsUntil(at: string | null): number {
  const until = at ? Date.parse(at) : 0;
  const left = () => Math.max(0, Math.ceil((until - Date.now()) / 1_000));
  const [seconds, setSeconds] = useState(0);
  // biome-ignore lint/correctness/useExhaustiveDependencies: `left` reads `until`, nothing else that changes.
  useEffect(() => {
    setSeconds(left());
    if (left() === 0) return;
    const timer = setInterval(() => {
      setSeconds(left());
      if (left() === 0) clearInterval(timer);
    }, 250);
    return () => clearInterval(timer);
  }, [until]);
  return seconds;
}
