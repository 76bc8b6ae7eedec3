import { decimal } from "../../commerce/prices";
import type { Types } from "../engine/context";

/** What MoneyV2 and MoneyBag are read from: minor units with their currency. */
export interface Money {
  amount: number;
  currency: string;
}

export function money(amount: number, currency: string): Money {
  return { amount, currency };
}

/** `Decimal` amounts lose trailing zeros but one ("20.0"), the older `Money` scalar keeps two ("20.00"). */
export function shortDecimal(minor: number): string {
  return decimal(minor).replace(/0$/, "");
}

export const moneyTypes: Types = {
  MoneyV2: {
    amount: (source: Money) => shortDecimal(source.amount),
    currencyCode: (source: Money) => source.currency,
  },
  MoneyBag: {
    shopMoney: (source: Money) => source,
    presentmentMoney: (source: Money) => source,
  },
} satisfies Record<string, Record<string, (source: Money) => unknown>>;
