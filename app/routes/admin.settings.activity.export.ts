import { Readable } from "node:stream";
import { createReadableStreamFromReadable, type LoaderFunctionArgs } from "@remix-run/node";
import { adminDoor } from "~/http/admin";
import { answer } from "~/http/errors";
import { searchOf } from "~/settings/activity-search";
import { exportActivity } from "~/settings/export-activity";

/** The activity log as a file, as far as the search on the page finds it. */
export async function loader({ request }: LoaderFunctionArgs): Promise<Response> {
  const { ctx } = await adminDoor(request);
  try {
    const lines = await exportActivity(ctx, searchOf(new URL(request.url).searchParams));
    return new Response(createReadableStreamFromReadable(Readable.from(lines)), {
      headers: {
        "Content-Type": "text/csv; charset=utf-8",
        "Content-Disposition": 'attachment; filename="activity-log.csv"',
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return answer(error);
  }
}
