import { Button, Text, TextField } from "@shopify/polaris";
import { useState } from "react";
import type { LiveCalls } from "~/calls/live";
import styles from "./calls.module.css";
import type { Calls } from "./use-calls";

/** Whether one takes calls now, and on which phone. */
export function TakingCalls({ live, calls }: { live: LiveCalls; calls: Calls }) {
  const [phone, setPhone] = useState(live.me.phone ?? "");
  const [open, setOpen] = useState(false);
  const { takesCalls } = live.me;
  const set = async (takes: boolean) => {
    const done = await calls.act({ act: "take-calls", takesCalls: takes, phone: phone || null });
    if (done) setOpen(false);
  };
  return (
    <div className={styles.quiet}>
      <Text as="span" variant="bodySm" tone="subdued">
        {takesCalls ? `You take calls on ${live.me.phone ?? ""}` : "You take no calls"}
      </Text>
      {takesCalls ? (
        <Button variant="plain" disabled={calls.busy} onClick={() => void set(false)}>
          Stop taking calls
        </Button>
      ) : open ? (
        <>
          <TextField
            label="Your phone"
            labelHidden
            placeholder="+14155550123"
            type="tel"
            value={phone}
            onChange={setPhone}
            autoComplete="tel"
            {...(calls.problem ? { error: calls.problem } : {})}
          />
          <Button disabled={calls.busy} onClick={() => void set(true)}>
            Take calls
          </Button>
        </>
      ) : (
        <Button variant="plain" onClick={() => setOpen(true)}>
          Take calls
        </Button>
      )}
    </div>
  );
}
