import { readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";

const folder = fileURLToPath(new URL("../../extensions/storefront-chat/locales", import.meta.url));
type Words = Record<string, Record<string, string>>;
const read = (name: string): Words => JSON.parse(readFileSync(`${folder}/${name}`, "utf8")) as Words;
const english = read("en.default.json");
const others = readdirSync(folder).filter((name) => !name.includes("default") && !name.includes("schema"));
const flat = (words: Words): [string, string][] =>
  Object.entries(words).flatMap(([group, texts]) =>
    Object.entries(texts).map(([key, text]): [string, string] => [`${group}.${key}`, text]),
  );
const blanks = (text: string): string[] => [...text.matchAll(/\{\w+\}/g)].map(([name]) => name).sort();

describe.each(others)("the words in %s", (name) => {
  const words = Object.fromEntries(flat(read(name)));

  it.each(flat(english))("have %s, with the same blanks and in their own language", (key, text) => {
    expect(words[key], key).toBeTruthy();
    expect(blanks(words[key] as string)).toEqual(blanks(text));
    // Long sentences that are the same as in English were forgotten.
    if (text.length > 25) expect(words[key]).not.toBe(text);
  });

  it("have nothing that English does not have", () => {
    expect(Object.keys(words).sort()).toEqual(
      flat(english)
        .map(([key]) => key)
        .sort(),
    );
  });
});
