import type { ActionFunctionArgs } from "@remix-run/node";
import { z } from "zod";
import { readJson } from "~/http/body";
import { limit } from "~/http/limits";
import { type Asked, storefrontDoor } from "~/http/storefront";
import { codeRules } from "~/visitors/code";
import { confirmCode } from "~/visitors/confirm-code";
import { requestCode } from "~/visitors/request-code";

const body = z.discriminatedUnion("act", [
  z.object({ act: z.literal("request"), email: z.string().max(500), locale: z.string().max(35).optional() }),
  z.object({ act: z.literal("confirm"), code: z.string().max(40) }),
]);

/**
 * A shopper proves an address with a code that is mailed to it. `POST /storefront/verify` with the visitor token:
 *
 * - `{ "act": "request", "email": "mia@example.com", "locale": "da" }` → 200 `{ "digits": 6, "seconds": 600 }`: a code is on
 *   its way, the same answer whether the shop knows the address or not. `locale` (BCP 47, of the page) is optional. A
 *   second request makes the first code void.
 * - `{ "act": "confirm", "code": "123456" }` → 200, a `ConfirmAnswer` (`app/visitors/answers.ts`): the state as
 *   `/storefront/state` gives it, of the person who is proven now: `visitor.confirmed` is true, and `conversation` may be an
 *   older one of theirs. With `key` null the token stays good. With a `key` the browser had been another person's: keep the
 *   key in place of the old one and ask for a session, because every earlier token is void. Close the socket and say hello
 *   again with the answer's cursor: who hears what is settled at the hello. Blanks and dashes in the code are passed over,
 *   and its digits may be of any script.
 *
 * Refusals have the usual body `{ error: { code, message, fields? } }`:
 * - 422 `invalid`, field `email`: no address. Field `code`: wrong digits, or the code is over (ten minutes, five tries, used);
 *   `fields[0].message` says which and how often one may try.
 * - 429 `too-many` with Retry-After: five codes an hour for one browser and for one mailbox.
 * - 503 `mail-not-set-up`: this app cannot send mail; do not offer it again on this page.
 *
 * `visitor.canConfirm` in every StateAnswer says whether to offer it: mail is set up and nobody is proven yet.
 */
const door = (asked: Asked): Promise<Response> =>
  storefrontDoor(asked, "POST", "message", async (ctx) => {
    await limit({ "code:address": asked.context.address });
    const input = await readJson(asked.request, body, 4_096);
    switch (input.act) {
      case "request":
        await requestCode(ctx, { email: input.email, locale: input.locale ?? null });
        return { digits: codeRules.digits, seconds: codeRules.seconds };
      case "confirm":
        return confirmCode(ctx, { code: input.code });
    }
  });

export const action = (args: ActionFunctionArgs): Promise<Response> => door(args);
export const loader = action;
