import { randomBytes } from "node:crypto";
import { z } from "zod";
import { page } from "./page";
import type { Person } from "./people";
import type { Phone } from "./phone";

const said = z.object({
  who: z.string(),
  on: z.string(),
  to: z.string(),
  text: z.string().max(100_000).default(""),
  subject: z.string().max(500).nullable().default(null),
  about: z.string().nullable().default(null),
  act: z.string().default("write"),
  file: z.object({ name: z.string(), mediaType: z.string(), base64: z.string() }).nullable().default(null),
});
const forwarding = z.object({ address: z.email(), to: z.email() });

/**
 * "Be the customer": a page with a phone for each channel, on which one is any of these people. What is sent goes to the
 * stand-ins, and from there through the app's real doors. Gives null for an address that is not its own.
 */
export function customerPages(options: {
  people: readonly Person[];
  phones: readonly Phone[];
  forward(address: string, to: string): void;
}): (request: Request) => Promise<Response | null> {
  return async (request) => {
    const url = new URL(request.url);
    const asked = `${request.method} ${url.pathname}`;
    if (asked === "GET /") {
      const nonce = randomBytes(16).toString("base64");
      return new Response(page({ people: options.people, phones: options.phones, nonce }), {
        headers: {
          "Content-Type": "text/html; charset=utf-8",
          "Content-Security-Policy": `default-src 'none'; style-src 'nonce-${nonce}'; script-src 'nonce-${nonce}'; connect-src 'self'; img-src 'self' data:; form-action 'none'; base-uri 'none'; frame-ancestors 'none'`,
        },
      });
    }
    if (asked === "GET /thread") return answer(() => thread(options, url.searchParams));
    if (asked !== "POST /say" && asked !== "POST /forward") return null;
    // A page of another site must not play a customer.
    const origin = request.headers.get("origin");
    if (origin !== null && origin !== url.origin) return Response.json({ error: "Not from here." }, { status: 403 });
    const body: unknown = await request.json().catch(() => null);
    return answer(async () => {
      if (url.pathname === "/forward") {
        const read = forwarding.safeParse(body);
        if (!read.success) throw new Error("Both must be addresses.");
        options.forward(read.data.address, read.data.to);
        return {};
      }
      const read = said.parse(body);
      const { me, phone } = find(options, read.who, read.on);
      await phone.say(me, read.to, read);
      return {};
    });
  };
}

async function thread(
  options: { people: readonly Person[]; phones: readonly Phone[] },
  query: URLSearchParams,
): Promise<object> {
  const { me, phone } = find(options, query.get("who") ?? "", query.get("on") ?? "");
  const stores = await phone.stores();
  const to = stores.find((one) => one.id === query.get("to"))?.id ?? stores[0]?.id ?? "";
  return { stores, to, acts: phone.acts, bubbles: to ? await phone.thread(me, to) : [] };
}

function find(options: { people: readonly Person[]; phones: readonly Phone[] }, who: string, on: string) {
  const me = options.people.find((one) => one.id === who);
  const phone = options.phones.find((one) => one.on === on);
  if (!me || !phone) throw new Error("Choose who you are and a channel.");
  return { me, phone };
}

async function answer(work: () => Promise<object>): Promise<Response> {
  try {
    return Response.json(await work(), { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return Response.json({ error: (error as Error).message }, { status: 422 });
  }
}
