import type { ActionFunctionArgs, LoaderFunctionArgs } from "@remix-run/node";
import { app } from "~/app.server";
import { answer, NotFound, Problem } from "~/http/errors";
import { type FormAnswer, postedForm } from "~/http/form";
import { formAgain, formWords, wholePage } from "~/http/form-page";
import { formToken } from "~/http/form-token";
import { limit } from "~/http/limits";
import { isId } from "~/platform/ids";
import { sitesOf } from "~/settings/form-sites";
import { installedContext } from "~/shop/context-of";

/** A form of any website that the merchant named, posted by a browser. */
export async function action({ request, params, context }: ActionFunctionArgs): Promise<Response> {
  try {
    const ctx = await shopOf(params.shopId);
    const sites = await sitesOf(ctx);
    const from = originOf(request.headers.get("origin") ?? "") ?? originOf(request.headers.get("referer") ?? "");
    const here = new URL(request.url).origin;
    if (!from || (from !== here && !sites.includes(from))) {
      throw new Problem(403, "unknown-site", "This website is not one of those that the store named in Settings.");
    }
    const mayRedirectTo = (target: string) => sites.includes(originOf(target) ?? "");
    return page(
      await postedForm(ctx, request, { address: context.address, action: `/forms/${ctx.shop.id}`, mayRedirectTo }),
    );
  } catch (error) {
    return answer(error);
  }
}

/** The form by itself, to link to. */
export async function loader({ request, params, context }: LoaderFunctionArgs): Promise<Response> {
  try {
    const ctx = await shopOf(params.shopId);
    await limit({ "signal:address": context.address });
    const { language, words } = formWords(request.headers.get("accept-language") ?? "");
    const fields = { name: "", email: "", subject: "", message: "" };
    const token = formToken(ctx.shop.id, ctx.clock.now());
    const form = { fields, problem: null, token, action: `/forms/${ctx.shop.id}`, redirect: "", language, words };
    const body = formAgain({ ...form, words: { ...words, check: words.title } });
    return page({ status: 200, title: words.title, language, body });
  } catch (error) {
    return answer(error);
  }
}

async function shopOf(shopId = "") {
  const ctx = isId(shopId) ? await installedContext(app(), shopId) : null;
  if (!ctx) throw new NotFound("This form");
  return ctx;
}

function page(said: FormAnswer): Response {
  if ("location" in said) return new Response(null, { status: said.status, headers: { Location: said.location } });
  const headers = {
    "Content-Type": "text/html; charset=utf-8",
    "Cache-Control": "no-store",
    "Content-Security-Policy":
      "default-src 'none'; style-src 'unsafe-inline'; form-action 'self'; frame-ancestors 'none'",
  };
  return new Response(wholePage(said.language, said.title, said.body), { status: said.status, headers });
}

function originOf(address: string): string | null {
  const url = URL.canParse(address) ? new URL(address) : null;
  return url && /^https?:$/.test(url.protocol) ? url.origin : null;
}
