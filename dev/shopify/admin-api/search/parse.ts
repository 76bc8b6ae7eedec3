/** Shopify's search syntax (https://shopify.dev/docs/api/usage/search-syntax) as a tree. */
export type Condition =
  | { kind: "and"; all: Condition[] }
  | { kind: "or"; any: Condition[] }
  | { kind: "not"; inner: Condition }
  | { kind: "term"; field: string | null; comparator: ":" | ">" | "<" | ">=" | "<="; value: string };

/** Empty text means everything (null). Unbalanced quotes and parentheses are taken as they stand. */
export function parseSearch(query: string): Condition | null {
  const parser = new Parser(query);
  return parser.alternatives();
}

class Parser {
  private at = 0;

  constructor(private readonly text: string) {}

  alternatives(): Condition | null {
    const any: Condition[] = [];
    let all: Condition[] = [];
    const close = () => {
      if (all.length > 0) any.push(all.length === 1 && all[0] ? all[0] : { kind: "and", all });
      all = [];
    };
    for (;;) {
      this.skipSpace();
      if (this.at >= this.text.length || this.text[this.at] === ")") break;
      if (this.word("OR")) close();
      else if (!this.word("AND")) {
        const next = this.condition();
        if (next) all.push(next);
      }
    }
    close();
    if (any.length === 0) return null;
    return any.length === 1 && any[0] ? any[0] : { kind: "or", any };
  }

  private condition(): Condition | null {
    if (this.word("NOT") || this.take("-")) {
      this.skipSpace();
      const inner = this.condition();
      return inner && { kind: "not", inner };
    }
    if (this.take("(")) {
      const inner = this.alternatives();
      this.take(")");
      return inner;
    }
    return this.term();
  }

  private term(): Condition | null {
    const field = /^[A-Za-z_][\w.$-]*(?=:)/.exec(this.text.slice(this.at))?.[0];
    if (!field) return { kind: "term", field: null, comparator: ":", value: this.value() };
    this.at += field.length + 1;
    const comparator = /^(>=|<=|>|<)/.exec(this.text.slice(this.at))?.[0] as ">" | "<" | ">=" | "<=" | undefined;
    this.at += comparator?.length ?? 0;
    // `status:(open OR closed)` means the field for each of them.
    if (!comparator && this.take("(")) {
      const inner = this.alternatives();
      this.take(")");
      return inner && withField(inner, field);
    }
    return { kind: "term", field: field.toLowerCase(), comparator: comparator ?? ":", value: this.value() };
  }

  private value(): string {
    const quote = this.text[this.at];
    if (quote === '"' || quote === "'") {
      this.at += 1;
      const rest = this.quoted(quote);
      return `${rest}${this.take("*") ? "*" : ""}`;
    }
    const start = this.at;
    let value = "";
    while (this.at < this.text.length && !/[\s()]/.test(this.text[this.at] ?? "")) {
      if (this.text[this.at] === "\\") this.at += 1;
      value += this.text[this.at] ?? "";
      this.at += 1;
    }
    if (this.at === start) this.at += 1;
    return value;
  }

  private quoted(quote: string): string {
    let value = "";
    while (this.at < this.text.length && this.text[this.at] !== quote) {
      if (this.text[this.at] === "\\") this.at += 1;
      value += this.text[this.at] ?? "";
      this.at += 1;
    }
    this.at += 1;
    return value;
  }

  private word(word: string): boolean {
    if (!new RegExp(`^${word}(?=[\\s(]|$)`).test(this.text.slice(this.at))) return false;
    this.at += word.length;
    return true;
  }

  private take(char: string): boolean {
    if (this.text[this.at] !== char) return false;
    this.at += 1;
    return true;
  }

  private skipSpace(): void {
    while (/\s/.test(this.text[this.at] ?? "")) this.at += 1;
  }
}

function withField(condition: Condition, field: string): Condition {
  switch (condition.kind) {
    case "term":
      return condition.field === null ? { ...condition, field: field.toLowerCase() } : condition;
    case "not":
      return { kind: "not", inner: withField(condition.inner, field) };
    case "and":
      return { kind: "and", all: condition.all.map((each) => withField(each, field)) };
    case "or":
      return { kind: "or", any: condition.any.map((each) => withField(each, field)) };
  }
}
