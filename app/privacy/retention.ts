import { z } from "zod";
import { type Bounds, bounds, type Retention, retentionKinds } from "./retention-bounds";

function shapeOf({ least, most, endless, unit }: Bounds) {
  const wrong = `Enter a whole number of ${unit} from ${least} to ${most}${endless ? ", or leave it empty" : ""}`;
  const number = z
    .union([z.number(), z.string().trim().regex(/^\d+$/, wrong).transform(Number)], { error: wrong })
    .pipe(z.number().int(wrong).min(least, wrong).max(most, wrong));
  if (!endless) return number;
  const empty = z.union([z.null(), z.string().trim().length(0)]).transform(() => null);
  return z.union([empty, number], { error: wrong });
}

/** What the form sends, as texts or numbers. */
export const retentionShape = z.object(
  Object.fromEntries(retentionKinds.map((kind) => [kind, shapeOf(bounds[kind])])) as unknown as {
    [Kind in keyof Retention]: z.ZodType<Retention[Kind]>;
  },
);

/** What holds for a shop, from its row. What is missing or beyond its bounds is as usual. */
export function readRetention(shop: { settings: unknown }): Retention {
  const settings = (shop.settings ?? {}) as { retention?: Record<string, unknown> };
  const entries = retentionKinds.map((kind) => {
    const read = retentionShape.shape[kind].safeParse(settings.retention?.[kind]);
    return [kind, settings.retention && kind in settings.retention && read.success ? read.data : bounds[kind].usual];
  });
  return Object.fromEntries(entries) as unknown as Retention;
}
