import { useKeys } from "../use-keys";

interface ListKeys {
  ids: string[];
  openId: string | null;
  open(id: string): void;
  help(): void;
  search(): void;
  /** Back from what was found to the list; false when nothing is searched for. */
  leaveSearch(): boolean;
}

/** J and K go through the list, the arrows too while the list has the focus; / goes to the search and Escape leaves it; ? shows the keys. */
export function useListKeys({ ids, openId, open, help, search, leaveSearch }: ListKeys): void {
  const go = (step: 1 | -1) => {
    const at = openId === null ? -1 : ids.indexOf(openId);
    const next = at < 0 ? ids[0] : ids[at + step];
    if (!next) return;
    open(next);
    document.querySelector(`[data-conversation="${next}"]`)?.scrollIntoView({ block: "nearest" });
  };
  const inList = (event: KeyboardEvent) =>
    event.target instanceof Element && event.target.closest("[data-conversation]") !== null;
  const arrow = (event: KeyboardEvent, step: 1 | -1) => {
    if (!inList(event)) return false;
    const rows = [...document.querySelectorAll<HTMLElement>("[data-conversation]")];
    rows[rows.indexOf((event.target as Element).closest("[data-conversation]") as HTMLElement) + step]?.focus();
    return true;
  };
  useKeys({
    j: () => go(1),
    k: () => go(-1),
    ArrowDown: (event) => arrow(event, 1),
    ArrowUp: (event) => arrow(event, -1),
    "/": search,
    Escape: leaveSearch,
    "?": help,
  });
}
