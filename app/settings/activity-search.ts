import { actions } from "~/audit/catalogue";
import { isId } from "~/platform/ids";
import type { ActivitySearch } from "./activity-log";

const groups = new Set<string>(Object.values(actions).map((one) => one.group));

/** A search as an address carries it; what it does not know is left out. */
export function searchOf(params: URLSearchParams): ActivitySearch {
  const text = (name: string) => params.get(name) ?? "";
  const [who, group] = [text("who"), text("group")];
  const day = (name: string) => (/^\d{4}-\d\d-\d\d$/.test(text(name)) ? text(name) : "");
  return {
    search: text("search").slice(0, 200),
    who: isId(who) || ["shopper", "shopify", "app"].includes(who) ? who : "",
    group: groups.has(group) ? (group as ActivitySearch["group"]) : "",
    from: day("from"),
    to: day("to"),
  };
}
