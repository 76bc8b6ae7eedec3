import type { LoaderFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { auditRead } from "~/audit/audit-read";
import { membersOf } from "~/customers/members";
import { adminJson } from "~/http/admin-json";
import { Invalid } from "~/http/errors";
import { type EntryGroup, entryGroups } from "~/timeline/catalogue";
import { readRun, readTimeline } from "~/timeline/read";

const groups = z
  .string()
  .transform((text) => text.split(",").filter((one): one is EntryGroup => entryGroups.some((group) => group === one)))
  .optional();

const asked = z.object({
  towards: z.enum(["older", "newer"]).optional(),
  cursor: z.string().max(80).optional(),
  until: z.string().max(80).optional(),
  at: z.coerce.date().optional(),
  groups,
  search: z.string().max(200).optional(),
  zone: z.string().max(60).refine(isTimeZone),
});

const opened = z.object({
  newest: z.string().max(80),
  oldest: z.string().max(80),
  after: z.string().max(80).optional(),
  groups,
});

/** A page of a person's story, or with `newest` and `oldest` what one folded line of it holds. */
export function loader({ request, params }: LoaderFunctionArgs): Promise<Response> {
  return adminJson(request, async (ctx) => {
    const customerId = params.customerId ?? "";
    const words = Object.fromEntries(new URL(request.url).searchParams);
    const run = opened.safeParse(words);
    const page = asked.safeParse(words);
    if (!run.success && !page.success) throw new Invalid([{ field: "at", message: "This is no part of a timeline." }]);
    const read = run.success
      ? await readRun(ctx, { customerId, ...run.data, after: run.data.after ?? null })
      : await readTimeline(ctx, { customerId, ...page.data, timeZone: page.data?.zone ?? "UTC" });
    const { personId } = await membersOf(ctx.db.prisma, ctx.shop.id, customerId);
    await auditRead(ctx, { action: "customer.read", subjectKind: "customer", subjectId: personId });
    return read;
  });
}

function isTimeZone(zone: string): boolean {
  try {
    new Intl.DateTimeFormat("en", { timeZone: zone });
    return true;
  } catch {
    return false;
  }
}
