import type { Context } from "~/context";
import type { Scope } from "../scope";
import { personTables } from "../tables/person-tables";
import { rowsOf } from "./rows-of";

/** Who asked, for the heads of both files. */
export interface About {
  shop: string;
  /** gid://shopify/Customer/… */
  shopifyCustomerId: string;
  madeAt: Date;
}

/** Everything for programs: one list a table, by the table's name. Piece by piece, a row a line. */
export async function* asJson(ctx: Context, scope: Scope, about: About): AsyncGenerator<string> {
  const head = {
    shop: about.shop,
    shopifyCustomerId: about.shopifyCustomerId,
    madeAt: about.madeAt.toISOString(),
    notIncluded: personTables.flatMap(({ what, notExported }) => (notExported ? [`${what}: ${notExported}`] : [])),
  };
  yield `{\n"about": ${JSON.stringify(head, null, 2)}`;
  for (const rule of personTables) {
    if (rule.notExported) continue;
    yield `,\n${JSON.stringify(rule.table)}: [`;
    let first = true;
    for await (const row of rowsOf(ctx, rule, scope)) {
      yield `${first ? "\n" : ",\n"}${JSON.stringify(row)}`;
      first = false;
    }
    yield first ? "]" : "\n]";
  }
  yield "\n}\n";
}
