import { type Change, changeIn, Refused } from "../../commerce/orders/change";
import type { AdminContext } from "../engine/context";

/** What a change answers, or the user errors of its mutation when it was refused. */
export function attempt<Result extends object, Empty extends object>(
  context: AdminContext,
  empty: Empty,
  work: (change: Change) => Result,
): (Result | Empty) & { userErrors: { field: string[] | null; message: string; code: string }[] } {
  try {
    return { ...work(changeIn(context.world, context.shop)), userErrors: [] };
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    return { ...empty, userErrors: [{ field: error.field, message: error.message, code: error.code }] };
  }
}
