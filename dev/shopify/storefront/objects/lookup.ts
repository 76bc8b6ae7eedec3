import { Drop } from "liquidjs";

/** An object whose names are handles: `collections['jackets']`, `all_products['field-jacket']`. */
export class Lookup<Item> extends Drop {
  constructor(
    private readonly find: (handle: string) => Item | null,
    private readonly list: () => Item[],
  ) {
    super();
  }

  override liquidMethodMissing(key: string | number): Item | number | null {
    return key === "size" ? this.list().length : this.find(String(key));
  }

  *[Symbol.iterator](): Iterator<Item> {
    yield* this.list();
  }
}

/** What `template` is: printed as its full name, with its parts as properties. */
export class TemplateObject extends Drop {
  readonly name: string;
  readonly directory: string | null;
  readonly suffix: string | null = null;

  constructor(private readonly full: string) {
    super();
    const [first = "", second] = full.split("/");
    this.name = second ?? first;
    this.directory = second === undefined ? null : first;
  }

  override valueOf(): string {
    return this.full;
  }
}
