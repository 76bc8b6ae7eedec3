import { z } from "zod";
import type { Context } from "~/context";
import { takeForm } from "~/conversations/contacts/take-form";
import { readBytes } from "./body";
import { Invalid, Problem } from "./errors";
import { formAgain, formThanks, formWords } from "./form-page";
import { formToken, isFormToken } from "./form-token";
import { limit } from "./limits";

const text = (most: number) => z.string().max(most, "This is too long.").default("");

const fields = z.object({
  name: text(500),
  email: text(500),
  subject: text(1_000),
  message: text(20_000),
  /** Nobody sees this field; programs fill in whatever there is. */
  website: text(2_000),
  token: text(100),
  redirect: text(2_000),
  language: text(35),
});

/** What is said to whoever sent a form: a page's inside, or where to go on. */
export type FormAnswer =
  | { status: number; title: string; language: string; body: string }
  | { status: 303; location: string };

/**
 * Takes a contact form that was posted. Without a token that is old enough it is shown once more, filled in, with a button
 * to send it: a person presses it, and a program that posts to whatever it finds does not.
 */
export async function postedForm(
  ctx: Context,
  request: Request,
  asked: { address: string; action: string; mayRedirectTo(target: string): boolean },
): Promise<FormAnswer> {
  await limit({ "form:address": asked.address, "form:shop": ctx.shop.id });
  if (!/^application\/x-www-form-urlencoded\b/i.test(request.headers.get("content-type") ?? "")) {
    throw new Problem(415, "not-a-form", "Send this as application/x-www-form-urlencoded.");
  }
  const body = new TextDecoder().decode(await readBytes(request, 64 * 1024));
  const read = fields.safeParse(Object.fromEntries(new URLSearchParams(body)));
  if (!read.success) throw new Problem(413, "too-large", "This is too large.");
  const form = read.data;
  const { language, words } = formWords(form.language || (request.headers.get("accept-language") ?? ""));
  const redirect = form.redirect && asked.mayRedirectTo(form.redirect) ? form.redirect : "";
  const thanks: FormAnswer = redirect
    ? { status: 303, location: redirect }
    : { status: 200, title: words.sent, language, body: formThanks(words) };
  // It learns nothing from the answer.
  if (form.website !== "") return thanks;
  const now = ctx.clock.now();
  const again = (status: number, problem: string | null): FormAnswer => {
    const shown = {
      fields: form,
      problem,
      token: formToken(ctx.shop.id, now),
      action: asked.action,
      redirect,
      language,
      words,
    };
    return { status, title: words.title, language, body: formAgain(shown) };
  };
  if (!isFormToken(form.token, ctx.shop.id, now)) return again(200, null);
  try {
    await takeForm(ctx, form);
    return thanks;
  } catch (error) {
    if (!(error instanceof Invalid)) throw error;
    return again(422, error.fields[0]?.field === "email" ? words.email_invalid : words.message_missing);
  }
}
