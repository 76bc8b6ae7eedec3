import { ActionList, Button, Popover } from "@shopify/polaris";
import { CheckIcon, PersonIcon } from "@shopify/polaris-icons";
import { useState } from "react";
import { useAdmin } from "../admin-context";

interface AssignMenuProps {
  assigneeId: string | null;
  assigneeName: string | null;
  staff: { id: string; name: string }[];
  onAssign(staffId: string | null): void;
  disabled: boolean;
}

/** Who has the conversation, and giving it to somebody else, to oneself, or to nobody. */
export function AssignMenu({ assigneeId, assigneeName, staff, onAssign, disabled }: AssignMenuProps) {
  const { me } = useAdmin();
  const [open, setOpen] = useState(false);
  const label = assigneeId === null ? "Assign" : assigneeId === me.id ? "You" : (assigneeName ?? "Someone");
  const item = (id: string | null, content: string) => ({
    content,
    active: id === assigneeId,
    ...(id === assigneeId ? { icon: CheckIcon } : {}),
    onAction: () => {
      setOpen(false);
      onAssign(id);
    },
  });
  return (
    <Popover
      active={open}
      onClose={() => setOpen(false)}
      autofocusTarget="first-node"
      activator={
        <Button
          icon={PersonIcon}
          disclosure
          disabled={disabled}
          onClick={() => setOpen(!open)}
          accessibilityLabel={assigneeId === null ? "Assign, nobody has it" : `Assigned to ${label}, change`}
        >
          {label}
        </Button>
      }
    >
      <ActionList
        actionRole="menuitem"
        items={[
          item(me.id, "Assign to me"),
          ...staff.filter((one) => one.id !== me.id).map((one) => item(one.id, one.name)),
          item(null, "Nobody"),
        ]}
      />
    </Popover>
  );
}
