import type { DiscountRecord } from "../records";

export interface DiscountCodeRule {
  title: string;
  discount: DiscountRecord | null;
  freeShipping: boolean;
  /** Minor units of merchandise below which the code does nothing. */
  minimumSubtotal: number;
}

/** The codes that both shops know, by the code in capitals: codes are not case sensitive. */
export const DISCOUNT_CODES: Readonly<Record<string, DiscountCodeRule>> = {
  WELCOME10: {
    title: "WELCOME10",
    discount: { title: "WELCOME10", description: "10 % off a first order", value: 10, valueType: "PERCENTAGE" },
    freeShipping: false,
    minimumSubtotal: 0,
  },
  TAKE5: {
    title: "TAKE5",
    discount: { title: "TAKE5", description: "5 off from 25", value: 500, valueType: "FIXED_AMOUNT" },
    freeShipping: false,
    minimumSubtotal: 2500,
  },
  SHIPFREE: { title: "SHIPFREE", discount: null, freeShipping: true, minimumSubtotal: 0 },
};

/** Whether the code exists and the cart reaches its minimum. */
export function codeApplies(code: string, subtotal: number): boolean {
  const rule = DISCOUNT_CODES[code.toUpperCase()];
  return rule !== undefined && subtotal >= rule.minimumSubtotal;
}
