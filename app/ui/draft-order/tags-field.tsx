import { BlockStack, InlineStack, Tag, TextField } from "@shopify/polaris";
import { useState } from "react";

interface TagsFieldProps {
  tags: string[];
  error?: string;
  locked: boolean;
  onChange(tags: string[]): void;
}

/** Tags, added with Enter or a comma, removed one by one. */
export function TagsField({ tags, error, locked, onChange }: TagsFieldProps) {
  const [typed, setTyped] = useState("");
  const add = (text: string) => {
    const fresh = text
      .split(",")
      .map((tag) => tag.trim())
      .filter((tag) => tag !== "" && !tags.some((known) => known.toLowerCase() === tag.toLowerCase()));
    if (fresh.length > 0) onChange([...tags, ...new Set(fresh)]);
    setTyped("");
  };
  return (
    <BlockStack gap="200">
      {locked ? null : (
        // biome-ignore lint/a11y/noStaticElementInteractions: Enter in the field adds the tag; the field itself is the control.
        <div
          onKeyDown={(event) => {
            if (event.key !== "Enter") return;
            event.preventDefault();
            add(typed);
          }}
        >
          <TextField
            label="Tags"
            value={typed}
            helpText="Press Enter to add"
            error={error}
            autoComplete="off"
            onChange={(text) => (text.includes(",") ? add(text) : setTyped(text))}
            onBlur={() => add(typed)}
          />
        </div>
      )}
      {tags.length > 0 ? (
        <InlineStack gap="100">
          {tags.map((tag) => (
            <Tag key={tag} onRemove={locked ? undefined : () => onChange(tags.filter((one) => one !== tag))}>
              {tag}
            </Tag>
          ))}
        </InlineStack>
      ) : null}
    </BlockStack>
  );
}
