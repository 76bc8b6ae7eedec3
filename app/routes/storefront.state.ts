import type { LoaderFunctionArgs } from "@remix-run/node";
import { type Asked, storefrontDoor } from "~/http/storefront";
import { chatState, type Wanted } from "~/visitors/state";

const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "GET", "signal", async (ctx) => {
    const { searchParams } = new URL(asked.request.url);
    return chatState(ctx, wanted(searchParams), searchParams.get("conversation"));
  });

function wanted(parameters: URLSearchParams): Wanted {
  for (const name of ["after", "before"] as const) {
    const text = parameters.get(name) ?? "";
    if (/^\d{1,9}$/.test(text)) return name === "after" ? { after: Number(text) } : { before: Number(text) };
  }
  return null;
}

export const loader = (args: LoaderFunctionArgs): Promise<Response> => door(args);
export const action = loader;
