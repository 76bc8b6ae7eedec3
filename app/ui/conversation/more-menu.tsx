import { ActionList, Button, Popover } from "@shopify/polaris";
import { MenuHorizontalIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { LogContact } from "../customers/log-contact";

/** What else can be done from the head of a conversation. */
export function MoreMenu({ customerId }: { customerId: string }) {
  const [open, setOpen] = useState(false);
  const [logging, setLogging] = useState(false);
  return (
    <>
      <Popover
        active={open}
        onClose={() => setOpen(false)}
        autofocusTarget="first-node"
        activator={
          <Button icon={MenuHorizontalIcon} accessibilityLabel="More actions" onClick={() => setOpen(!open)} />
        }
      >
        <ActionList
          actionRole="menuitem"
          items={[
            {
              content: "Log a contact",
              onAction: () => {
                setOpen(false);
                setLogging(true);
              },
            },
          ]}
        />
      </Popover>
      {logging ? <LogContact customerId={customerId} onClose={() => setLogging(false)} /> : null}
    </>
  );
}
