import {
  type Context,
  type Emitter,
  type Liquid,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
  Value,
} from "liquidjs";
import { localePath } from "../../visit";
import { stateOf } from "../state";
import { takeTemplates } from "./blocks";

/** A list that only gives the items of one page: what `paginate` puts in place of the whole. */
interface Pages {
  path: string[];
  items: unknown[];
}

/** `{% paginate collection.products by 12 %}`: inside it the list has the items of `?page=` only. */
export class PaginateTag extends Tag {
  private readonly path: string[];
  private readonly list: Value;
  private readonly size: Value;
  private readonly templates: Template[];

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const match = /^\s*([A-Za-z_][\w.]*)\s+by\s+([\w.]+)/.exec(token.args);
    if (!match) throw new Error("write {% paginate list by number %}");
    const [, list = "", size = ""] = match;
    this.path = list.split(".");
    this.list = new Value(list, liquid);
    this.size = new Value(size, liquid);
    this.templates = takeTemplates(liquid, remaining, "endpaginate");
  }

  *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const { visit } = stateOf(context);
    const whole = ((yield this.list.value(context)) ?? []) as unknown[];
    const size = Math.min(250, Math.max(1, Number(yield this.size.value(context)) || 1));
    const pages = Math.max(1, Math.ceil(whole.length / size));
    const asked = Number(visit.req.query.page ?? 1);
    const current = Number.isInteger(asked) && asked >= 1 ? asked : 1;
    const shown: Pages = {
      path: this.path,
      items: whole.slice((current - 1) * size, current * size),
    };
    const address = (page: number) => {
      const query = new URLSearchParams();
      for (const [name, value] of Object.entries(visit.req.query))
        if (typeof value === "string") query.set(name, value);
      query.set("page", String(page));
      return `${localePath(visit, visit.path)}?${query}`;
    };
    context.push({
      ...replaced(context.getSync([shown.path[0] ?? ""]), shown),
      paginate: {
        current_page: current,
        current_offset: (current - 1) * size,
        items: whole.length,
        page_size: size,
        pages,
        previous: current > 1 ? { title: "Previous", url: address(current - 1), is_link: true } : null,
        next: current < pages ? { title: "Next", url: address(current + 1), is_link: true } : null,
        parts: Array.from({ length: pages }, (_, index) => ({
          title: String(index + 1),
          url: address(index + 1),
          is_link: index + 1 !== current,
        })),
      },
    });
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    context.pop();
  }

  /** For the analysis of which objects a template reads. */
  *children(): Generator<unknown, Template[]> {
    yield;
    return this.templates;
  }

  *blockScope(): Iterable<string> {
    yield "paginate";
  }
}

/** The object of the list's first name, with the list replaced by the page's items. */
function replaced(root: unknown, { path, items }: Pages): Record<string, unknown> {
  const [name = "", ...rest] = path;
  const set = (value: unknown, keys: string[]): unknown => {
    const [key, ...more] = keys;
    if (key === undefined) return items;
    const source = (value ?? {}) as Record<string, unknown>;
    return { ...source, [key]: set(source[key], more) };
  };
  return { [name]: set(root, rest) };
}
