import { BlockStack, Modal, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import type { AccountView } from "~/settings/channels/connections";
import { useChannelAct } from "./use-act";

interface RenameDialogProps {
  account: AccountView;
  open: boolean;
  onClose(): void;
}

/** Another name for staff, to tell two accounts of one channel apart. */
export function RenameDialog({ account, open, onClose }: RenameDialogProps) {
  const [name, setName] = useState(account.name);
  const { act, busy, problem } = useChannelAct(account.kind, onClose);
  useEffect(() => {
    if (open) setName(account.name);
  }, [open, account.name]);
  return (
    <Modal
      open={open}
      onClose={onClose}
      title="Rename this account"
      primaryAction={{
        content: "Save",
        loading: busy !== null,
        onAction: () => act({ act: "rename", accountId: account.id, name }),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="200">
          <TextField
            label="Name"
            value={name}
            onChange={setName}
            autoComplete="off"
            maxLength={80}
            error={problem?.fields?.[0]?.message ?? problem?.message}
          />
          <Text as="p" tone="subdued">
            Your team sees it where replies are written. Customers do not.
          </Text>
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
