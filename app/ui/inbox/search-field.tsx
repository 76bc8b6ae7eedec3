import { Box, Icon, TextField } from "@shopify/polaris";
import { SearchIcon } from "@shopify/polaris-icons";
import type { Search } from "./use-search";

const fieldId = "inbox-search";

export const focusSearch = () => document.getElementById(fieldId)?.focus();

/** Where words are typed that conversations are looked for by. Escape empties it. */
export function SearchField({ search }: { search: Search }) {
  return (
    <Box paddingBlockStart="200">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: the field in it has the focus. */}
      <div
        onKeyDown={(event) => {
          if (event.key !== "Escape") return;
          event.stopPropagation();
          search.clear();
          (event.target as HTMLElement).blur();
        }}
      >
        <TextField
          id={fieldId}
          label="Search conversations"
          labelHidden
          placeholder="Search conversations"
          autoComplete="off"
          maxLength={200}
          prefix={<Icon source={SearchIcon} />}
          value={search.text}
          onChange={search.type}
          clearButton
          onClearButtonClick={search.clear}
        />
      </div>
    </Box>
  );
}
