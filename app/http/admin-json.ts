import { Readable } from "node:stream";
import { createReadableStreamFromReadable } from "@remix-run/node";
import type { Context, StaffActor } from "~/context";
import { adminDoor } from "./admin";
import { answer } from "./errors";

/** A door for the admin pages' own requests: proves who asks and puts what `serve` returns or throws into JSON. */
export async function adminJson(
  request: Request,
  serve: (ctx: Context<StaffActor>) => Promise<object>,
): Promise<Response> {
  const { ctx } = await adminDoor(request);
  try {
    return Response.json(await serve(ctx), { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return answer(error);
  }
}

/** Runs a page's loader: what a verb throws becomes the answer that the page's boundary shows. */
export async function adminPage<Data>(
  request: Request,
  read: (ctx: Context<StaffActor>) => Promise<Data>,
): Promise<Data> {
  const { ctx } = await adminDoor(request);
  try {
    return await read(ctx);
  } catch (error) {
    throw answer(error);
  }
}

/** A door for a file that staff keep. It goes out as it is made; an error on the way ends it, and the browser says so. */
export async function adminFile(
  request: Request,
  serve: (ctx: Context<StaffActor>) => Promise<{ name: string; content: AsyncIterable<Uint8Array>; type?: string }>,
): Promise<Response> {
  const { ctx } = await adminDoor(request);
  try {
    const { name, content, type = "application/zip" } = await serve(ctx);
    return new Response(createReadableStreamFromReadable(Readable.from(content)), {
      headers: {
        "Content-Type": type,
        "Content-Disposition": `attachment; filename="${name.replace(/[^\w.-]/g, "_")}"`,
        "X-Content-Type-Options": "nosniff",
        "Cache-Control": "no-store",
      },
    });
  } catch (error) {
    return answer(error);
  }
}
