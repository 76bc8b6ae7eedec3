import { ActionList, BlockStack, Box, Button, Popover, TextField } from "@shopify/polaris";
import { ClockIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useAdmin } from "../admin-context";
import { dayAndTime } from "../time";
import { fromWall, toWall } from "../zoned";
import { snoozeTimes } from "./snooze-times";

/** Puts a conversation aside for a while: three usual times, or one that is picked. */
export function SnoozeMenu({ onSnooze, disabled }: { onSnooze(until: Date): void; disabled: boolean }) {
  const { locale, shop } = useAdmin();
  const [open, setOpen] = useState(false);
  const [picked, setPicked] = useState<string | null>(null);
  const choose = (until: Date) => {
    setOpen(false);
    setPicked(null);
    onSnooze(until);
  };
  const until = picked ? fromWall(picked, shop.timeZone) : null;
  const wrong = until !== null && !(until.getTime() > Date.now());
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      autofocusTarget="first-node"
      activator={
        <Button icon={ClockIcon} disclosure disabled={disabled} onClick={() => setOpen(!open)}>
          Snooze
        </Button>
      }
    >
      {picked === null ? (
        <ActionList
          actionRole="menuitem"
          items={[
            ...snoozeTimes(new Date(), shop.timeZone).map((time) => ({
              content: time.name,
              suffix: dayAndTime(time.until.toISOString(), locale, shop.timeZone),
              onAction: () => choose(time.until),
            })),
            {
              content: "Pick a time…",
              onAction: () => setPicked(toWall(new Date(Date.now() + 86_400_000), shop.timeZone)),
            },
          ]}
        />
      ) : (
        <Box padding="300">
          <BlockStack gap="200">
            <TextField
              label="Snooze until"
              type="datetime-local"
              value={picked}
              onChange={setPicked}
              autoComplete="off"
              helpText={`By the clock of your store (${shop.timeZone})`}
              error={wrong ? "Choose a time ahead" : undefined}
            />
            <Button variant="primary" disabled={!until || wrong} onClick={() => until && choose(until)}>
              Snooze
            </Button>
          </BlockStack>
        </Box>
      )}
    </Popover>
  );
}
