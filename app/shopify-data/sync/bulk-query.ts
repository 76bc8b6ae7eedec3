import { type DocumentNode, type FragmentDefinitionNode, Kind, print, type SelectionSetNode, visit } from "graphql";

const texts = new WeakMap<DocumentNode, string>();

/**
 * The document as the text of a bulk operation: one query with its fragments' fields where they are used, without a name.
 * With `since` it asks only for what changed from then on.
 */
export function bulkQuery(document: DocumentNode, since: Date | null = null): string {
  const text = whole(document);
  // The root field comes first, and has no arguments of its own: a bulk operation takes no variables.
  return since ? text.replace(/\w+/, `$&(query: "updated_at:>='${since.toISOString()}'")`) : text;
}

function whole(document: DocumentNode): string {
  const known = texts.get(document);
  if (known) return known;
  const fragments = new Map<string, FragmentDefinitionNode>();
  for (const one of document.definitions) if (one.kind === Kind.FRAGMENT_DEFINITION) fragments.set(one.name.value, one);
  const open = (set: SelectionSetNode): SelectionSetNode => ({
    ...set,
    selections: set.selections.flatMap((selection) => {
      if (selection.kind !== Kind.FRAGMENT_SPREAD) return [selection];
      const fragment = fragments.get(selection.name.value);
      return fragment ? open(fragment.selectionSet).selections : [];
    }),
  });
  const operations = document.definitions.flatMap((one) =>
    one.kind === Kind.OPERATION_DEFINITION
      ? [visit({ ...one, name: undefined }, { SelectionSet: { enter: (node) => open(node) } })]
      : [],
  );
  const text = operations.map(print).join("\n");
  texts.set(document, text);
  return text;
}
