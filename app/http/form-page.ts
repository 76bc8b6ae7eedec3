import ar from "../../extensions/storefront-chat/locales/ar.json";
import da from "../../extensions/storefront-chat/locales/da.json";
import de from "../../extensions/storefront-chat/locales/de.json";
import en from "../../extensions/storefront-chat/locales/en.default.json";
import es from "../../extensions/storefront-chat/locales/es.json";
import fr from "../../extensions/storefront-chat/locales/fr.json";
import it from "../../extensions/storefront-chat/locales/it.json";
import ja from "../../extensions/storefront-chat/locales/ja.json";
import nl from "../../extensions/storefront-chat/locales/nl.json";
import ptBR from "../../extensions/storefront-chat/locales/pt-BR.json";
import sv from "../../extensions/storefront-chat/locales/sv.json";

export type FormWords = (typeof en)["form"];

const words: Readonly<Record<string, FormWords>> = {
  ...{ ar: ar.form, da: da.form, de: de.form, en: en.form, es: es.form, fr: fr.form },
  ...{ it: it.form, ja: ja.form, nl: nl.form, pt: ptBR.form, sv: sv.form },
};

/** The words of the language that is asked for first and that we have: a code, or an Accept-Language header. */
export function formWords(languages: string): { language: string; words: FormWords } {
  for (const asked of languages.toLowerCase().slice(0, 500).split(",")) {
    const language = asked.trim().split(/[-_;]/, 1)[0] ?? "";
    const found = Object.hasOwn(words, language) ? words[language] : undefined;
    if (found) return { language, words: found };
  }
  return { language: "en", words: en.form };
}

/** What is filled in, and what has to be set right. */
export interface FormShown {
  fields: { name: string; email: string; subject: string; message: string };
  problem: string | null;
  token: string;
  action: string;
  redirect: string;
  language: string;
  words: FormWords;
}

/** The form once more, filled in: to be checked and sent by whoever has no script, or to be set right. */
export function formAgain({ fields, problem, token, action, redirect, language, words }: FormShown): string {
  const hidden = { token, redirect, language };
  return `<form method="post" action="${escaped(action)}" class="throughline-form">
<h1>${escaped(problem ? words.title : words.check)}</h1>
${problem ? `<p role="alert">${escaped(problem)}</p>` : ""}
${field("name", words.name, `<input id="tl-name" name="name" autocomplete="name" maxlength="100" value="${escaped(fields.name)}">`)}
${field("email", words.email, `<input id="tl-email" name="email" type="email" autocomplete="email" required maxlength="254" value="${escaped(fields.email)}">`)}
${field("subject", words.subject, `<input id="tl-subject" name="subject" maxlength="200" value="${escaped(fields.subject)}">`)}
${field("message", words.message, `<textarea id="tl-message" name="message" rows="8" required maxlength="5000">\n${escaped(fields.message)}</textarea>`)}
${Object.entries(hidden)
  .map(([name, value]) => `<input type="hidden" name="${name}" value="${escaped(value)}">`)
  .join("\n")}
<p><button type="submit">${escaped(words.send)}</button></p>
</form>`;
}

/** What is said when it is there. */
export function formThanks(words: FormWords): string {
  return `<h1>${escaped(words.sent)}</h1>\n<p>${escaped(words.sent_text)}</p>`;
}

/** A page of its own, for forms on other websites. */
export function wholePage(language: string, title: string, body: string): string {
  const direction = language === "ar" ? "rtl" : "ltr";
  return `<!doctype html>
<html lang="${language}" dir="${direction}">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<meta name="robots" content="noindex">
<title>${escaped(title)}</title>
<style>body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:2rem auto;padding:0 1rem}label{display:block}input:not([type=hidden]),textarea{font:inherit;inline-size:100%;box-sizing:border-box;padding:.5rem}button{font:inherit;padding:.5rem 1.25rem}[role=alert]{color:#8e0b21}</style>
<body>${body}`;
}

function field(name: string, label: string, control: string): string {
  return `<p><label for="tl-${name}">${escaped(label)}</label>\n${control}</p>`;
}

/** For HTML, and for Liquid too: the storefront renders what an app proxy answers, and braces would be read as code. */
function escaped(text: string): string {
  return text.replace(/[&<>"'{}%]/g, (found) => `&#${found.charCodeAt(0)};`);
}
