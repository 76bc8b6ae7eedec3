import { openDialog } from "./dialog";
import { make } from "./page";

interface Item {
  id: string;
  heading: string;
  data?: (string | number | undefined)[];
  disabled?: boolean;
  selected?: boolean;
  badges?: { content: string }[];
  thumbnail?: { url: string };
}

export interface ListPickerOptions {
  heading: string;
  multiple?: boolean | number;
  headers?: { content?: string; type?: string }[];
  items: Item[];
}

/** `shopify.picker`: choose among the app's own items. Resolves with their ids, or undefined when cancelled. */
export async function listPicker(options: ListPickerOptions): Promise<string[] | undefined> {
  const limit = options.multiple === true ? Number.POSITIVE_INFINITY : Number(options.multiple || 1);
  const chosen = new Set(options.items.filter((each) => each.selected).map((each) => each.id));
  const boxes = new Map<string, HTMLInputElement>();
  const row = (item: Item): HTMLElement => {
    const box = make("input", { type: "checkbox", checked: chosen.has(item.id), disabled: item.disabled ?? false });
    boxes.set(item.id, box);
    box.onchange = () => {
      if (box.checked && limit === 1) chosen.clear();
      if (box.checked && chosen.size < limit) chosen.add(item.id);
      else chosen.delete(item.id);
      for (const [id, each] of boxes) each.checked = chosen.has(id);
    };
    const name = make("span", {}, [item.heading, ...(item.badges ?? []).map((each) => `(${each.content})`)].join(" "));
    const details = (item.data ?? []).map((value, index) =>
      `${options.headers?.[index + 1]?.content ?? ""} ${value ?? "—"}`.trim(),
    );
    name.append(make("small", {}, details.join(" · ")));
    return make(
      "label",
      { className: "pick" },
      box,
      ...(item.thumbnail ? [make("img", { src: item.thumbnail.url, alt: "", width: 32, height: 32 })] : []),
      name,
    );
  };
  const list = make("ul", { className: "picker-list" }, ...options.items.map((item) => make("li", {}, row(item))));
  const picked = await openDialog<string[]>({
    title: options.heading,
    className: "picker",
    body: list,
    buttons: [
      { label: "Cancel", value: () => null },
      { label: "Select", primary: true, value: () => [...chosen] },
    ],
  });
  return picked ?? undefined;
}
