import { chat as english } from "../../../extensions/storefront-chat/locales/en.default.json";

export type Texts = typeof english;

/** Made by `vite.widget.config.ts` from the extension's locales. */
declare const __LANGUAGES__: string[];

/** The words in this language, from the file beside the bundle; English where there is none. */
export async function textsOf(language: string): Promise<Texts> {
  const base = language.split("-")[0] as string;
  for (const name of [language, base]) {
    if (name === "en" || !__LANGUAGES__.includes(name)) continue;
    try {
      const file = import.meta.url.replace(/[^/]*$/, `throughline-words-${name}.js`);
      return { ...english, ...((await import(/* @vite-ignore */ file)) as { default: Partial<Texts> }).default };
    } catch {}
  }
  return english;
}

/** The consent line as it stands over the box, to be kept with the consent. */
export function agreedTo(texts: Texts): { wording: string; language: string } {
  return { wording: texts.consent, language: document.documentElement.lang };
}

/** The text with its `{names}` filled in. */
export function fill(text: string, values: Record<string, string | number>): string {
  return text.replace(/\{(\w+)\}/g, (whole, name: string) => String(values[name] ?? whole));
}
