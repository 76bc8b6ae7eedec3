/** What one row of the package's `offline_scopes.items` says. */
export interface ScopeRow {
  type: "type" | "field";
  typeName: string;
  fieldName?: string;
  returnType?: string;
  /** Shopify's own words: "`read_orders` access scope or …". */
  requiredAccess: string;
  /** Any one of them is enough. */
  offlineScopes: string[];
}

export interface Need {
  /** Any one of these scopes opens the door. */
  anyOf: readonly string[];
  /** Shopify's own words for it. */
  wording: string;
}

/** Which scopes a field or a type of the Admin API asks for; null when none. */
export class ScopeMap {
  private readonly needs = new Map<string, Need>();

  constructor(rows: readonly ScopeRow[]) {
    for (const row of rows) {
      if (row.offlineScopes.length === 0) continue;
      const key = row.type === "field" ? `${row.typeName}.${row.fieldName}` : row.typeName;
      this.needs.set(key, { anyOf: [...new Set(row.offlineScopes)], wording: row.requiredAccess });
    }
  }

  ofType(typeName: string): Need | null {
    return this.needs.get(typeName) ?? null;
  }

  ofField(typeName: string, fieldName: string): Need | null {
    return this.needs.get(`${typeName}.${fieldName}`) ?? null;
  }
}

/** Whether the granted scopes meet the need; a write scope includes the reading of the same things. */
export function isGranted(need: Need, granted: readonly string[]): boolean {
  return need.anyOf.some((scope) => granted.includes(scope) || granted.includes(scope.replace(/^read_/, "write_")));
}
