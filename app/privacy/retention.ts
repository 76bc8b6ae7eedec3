import { z } from "zod";

/** How long a kind of data is kept: in days but for the log, which goes by months. Null: until somebody asks for its erasure. */
export interface Retention {
  closedConversationDays: number | null;
  attachmentDays: number | null;
  pageViewDays: number;
  silentVisitorDays: number;
  eventMonths: number;
  webhookDays: number;
}

interface Bounds {
  least: number;
  most: number;
  /** Whether it may be kept without an end. */
  endless: boolean;
  usual: number | null;
  unit: "days" | "months";
}

/** What a merchant may choose, and what holds until they do. docs/operate.md says the same. */
export const bounds: Record<keyof Retention, Bounds> = {
  closedConversationDays: { least: 30, most: 3_650, endless: true, usual: null, unit: "days" },
  attachmentDays: { least: 7, most: 3_650, endless: true, usual: null, unit: "days" },
  pageViewDays: { least: 1, most: 90, endless: false, usual: 90, unit: "days" },
  silentVisitorDays: { least: 1, most: 30, endless: false, usual: 30, unit: "days" },
  // The log is what the Inbox's lines between messages and what an open page missed are read from.
  eventMonths: { least: 3, most: 13, endless: false, usual: 13, unit: "months" },
  // A job that handles one is tried for about three days.
  webhookDays: { least: 4, most: 7, endless: false, usual: 7, unit: "days" },
};

export const retentionKinds = Object.keys(bounds) as (keyof Retention)[];

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
