import { BlockStack, InlineStack, KeyboardKey, Modal, Text } from "@shopify/polaris";

const keys: [string[], string][] = [
  [["J", "↓"], "Next conversation"],
  [["K", "↑"], "Previous conversation"],
  [["/"], "Search"],
  [["R"], "Write a reply"],
  [["N"], "Write a note"],
  [["E"], "Close, or open again"],
  [["A"], "Assign to me"],
  [["Ctrl", "Enter"], "Send"],
  [["?"], "Show these keys"],
];

/** The list of keys of the Inbox. */
export function KeysHelp({ open, onClose }: { open: boolean; onClose(): void }) {
  return (
    <Modal open={open} onClose={onClose} title="Keyboard shortcuts" size="small">
      <Modal.Section>
        <BlockStack gap="300">
          {keys.map(([names, words]) => (
            <InlineStack key={words} align="space-between" blockAlign="center">
              <Text as="span">{words}</Text>
              <InlineStack gap="100">
                {names.map((name) => (
                  <KeyboardKey key={name}>{name}</KeyboardKey>
                ))}
              </InlineStack>
            </InlineStack>
          ))}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}
