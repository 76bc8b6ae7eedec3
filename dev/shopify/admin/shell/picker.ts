import { openDialog } from "./dialog";
import { make } from "./page";

interface Row {
  id: string;
  title?: string;
  displayName?: string;
  email?: string | null;
  sku?: string | null;
  price?: string;
  status?: string;
  totalInventory?: number;
  inventoryQuantity?: number | null;
  hasOnlyDefaultVariant?: boolean;
  images?: { originalSrc: string }[];
  image?: { originalSrc: string } | null;
  variants?: Row[];
}

export interface PickerOptions {
  type?: "product" | "variant" | "collection" | "customer";
  action?: "add" | "select";
  multiple?: boolean | number;
  query?: string;
  filter?: { variants?: boolean; draft?: boolean; archived?: boolean; query?: string };
  selectionIds?: { id: string; variants?: { id: string }[] }[];
}

/** The resource picker: searches the shop, resolves with the chosen resources, or undefined when cancelled. */
export async function resourcePicker(
  options: PickerOptions,
  door: string,
  currency: string,
): Promise<Row[] | undefined> {
  const type = options.type ?? "product";
  const limit = options.multiple === true ? Number.POSITIVE_INFINITY : Number(options.multiple || 1);
  const chosen = new Map<string, Row>();
  const variants = new Map<string, Set<string>>();
  for (const each of options.selectionIds ?? []) {
    chosen.set(each.id, { id: each.id });
    if (each.variants) variants.set(each.id, new Set(each.variants.map((variant) => variant.id)));
  }
  const list = make("ul", { className: "picker-list", ariaLabel: "Results" });
  const search = make("input", {
    type: "search",
    placeholder: `Search ${type}s`,
    ariaLabel: `Search ${type}s`,
    value: options.query ?? "",
  });
  const status = make("p", { className: "hint" });
  status.setAttribute("role", "status");

  const withVariants = type === "product" && options.filter?.variants !== false;
  const toggle = (row: Row, on: boolean): void => {
    if (on && limit === 1) {
      chosen.clear();
      variants.clear();
    }
    if (on && chosen.size < limit) chosen.set(row.id, row);
    else if (!on) chosen.delete(row.id);
    if (withVariants && chosen.has(row.id)) variants.set(row.id, new Set(row.variants?.map((each) => each.id)));
    else variants.delete(row.id);
    draw();
  };
  const toggleVariant = (row: Row, variant: Row, on: boolean): void => {
    if (on && !chosen.has(row.id)) {
      if (limit === 1) chosen.clear();
      if (chosen.size >= limit) {
        draw();
        return;
      }
      chosen.set(row.id, row);
    }
    const own = variants.get(row.id) ?? new Set();
    if (on) own.add(variant.id);
    else own.delete(variant.id);
    variants.set(row.id, own);
    if (own.size === 0) chosen.delete(row.id);
    draw();
  };

  let rows: Row[] = [];
  const draw = (): void => {
    const focused = (document.activeElement as HTMLElement | null)?.id;
    list.replaceChildren(
      ...rows.map((row) => {
        const item = make(
          "li",
          {},
          option(row, chosen.has(row.id), currency, (on) => toggle(row, on)),
        );
        if (withVariants && row.variants && !row.hasOnlyDefaultVariant) {
          item.append(
            make(
              "ul",
              {},
              ...row.variants.map((variant) =>
                make(
                  "li",
                  {},
                  option(variant, variants.get(row.id)?.has(variant.id) ?? false, currency, (on) =>
                    toggleVariant(row, variant, on),
                  ),
                ),
              ),
            ),
          );
        }
        return item;
      }),
    );
    if (focused) document.getElementById(focused)?.focus();
    status.textContent = rows.length === 0 ? "Nothing matches." : `${chosen.size} selected`;
  };

  let latest = 0;
  const load = async (): Promise<void> => {
    const mine = ++latest;
    const query = [options.filter?.query, search.value].filter(Boolean).join(" ");
    const answer = await fetch(`${door}/picker?${new URLSearchParams({ type, query })}`);
    if (mine !== latest) return;
    rows = ((await answer.json()) as Row[]).filter((row) => isWanted(row, options));
    for (const row of rows) if (chosen.has(row.id)) chosen.set(row.id, row);
    draw();
  };
  let timer: ReturnType<typeof setTimeout> | undefined;
  search.addEventListener("input", () => {
    clearTimeout(timer);
    timer = setTimeout(load, 150);
  });
  await load();

  const verb = options.action === "select" ? "Select" : "Add";
  const picked = await openDialog<Row[]>({
    title: `${verb} ${type}${limit === 1 ? "" : "s"}`,
    className: "picker",
    body: make("div", {}, search, list, status),
    buttons: [
      { label: "Cancel", value: () => null },
      {
        label: verb,
        primary: true,
        value: () => [...chosen.values()].map((row) => withOwnVariants(row, variants.get(row.id))),
      },
    ],
  });
  return picked && picked.length > 0 ? picked : undefined;
}

function isWanted(row: Row, options: PickerOptions): boolean {
  if (row.status === "DRAFT" && options.filter?.draft === false) return false;
  return !(row.status === "ARCHIVED" && options.filter?.archived === false);
}

/** A product's selection carries the variants that were chosen and no others. */
function withOwnVariants(row: Row, chosen: Set<string> | undefined): Row {
  return row.variants && chosen ? { ...row, variants: row.variants.filter((each) => chosen.has(each.id)) } : row;
}

function option(row: Row, checked: boolean, currency: string, changed: (on: boolean) => void): HTMLElement {
  const box = make("input", { type: "checkbox", checked, id: `pick-${row.id}`, onchange: () => changed(box.checked) });
  const picture = row.images?.[0]?.originalSrc ?? row.image?.originalSrc;
  const stock = row.inventoryQuantity ?? row.totalInventory;
  const details = [
    row.sku,
    row.email,
    stock === undefined ? null : `${stock} available`,
    row.price && `${row.price} ${currency}`,
  ];
  const name = make("span", {}, row.title ?? row.displayName ?? row.id);
  name.append(make("small", {}, details.filter(Boolean).join(" · ")));
  return make(
    "label",
    { className: "pick" },
    box,
    ...(picture ? [make("img", { src: picture, alt: "", width: 32, height: 32 })] : []),
    name,
  );
}
