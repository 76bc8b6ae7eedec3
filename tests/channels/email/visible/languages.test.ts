import { describe, expect, it } from "vitest";
import { visibleText } from "~/channels/email/visible/visible-text";
import { type Language, languages } from "./languages";

const older = "Dear Ada,\n\nWhich colour would you like?\n\nNorthwind";
const quoted = older.replaceAll(/^/gm, "> ");
const every = Object.entries(languages);

describe.each(every)("in %s", (_name, language: Language) => {
  const { reply } = language;

  it.each(language.wrote)("a quote goes with the sentence above it: %s", (wrote) => {
    expect(visibleText(`${reply}\n\n${wrote}\n${quoted}`)).toMatchObject({ visible: reply, forwarded: false });
    expect(visibleText(`${reply}\n${wrote}\n\n${quoted}\n`).visible).toBe(reply);
  });

  it.each(language.wrote)("an older mail goes that has no quote marks: %s", (wrote) => {
    expect(visibleText(`${reply}\n\n${wrote}\n\n${older}`).visible).toBe(reply);
  });

  it.each(language.wrote)("an answer below the quote is what is left: %s", (wrote) => {
    expect(visibleText(`${wrote}\n${quoted}\n\n${reply}`).visible).toBe(reply);
  });

  const [from, sent, to, subject] = language.headers;
  const block = `${from} Northwind <help@northwind.example>\n${sent} 09.01.2026 16:37\n${to} Ada <ada@shopper.example>\n${subject} Your order`;

  it("Outlook's headers end the answer, bold or not, with a line above or not", () => {
    for (const above of ["", "________________________________\n", "-----------\n\n"]) {
      expect(visibleText(`${reply}\n\n${above}${block}\n\n${older}`).visible).toBe(reply);
    }
    const bold = block.replaceAll(/^([^:]+:)/gm, "*$1*");
    expect(visibleText(`${reply}\n\n${bold}\n\n${older}`).visible).toBe(reply);
    expect(visibleText(`${reply}\n\n${block.replaceAll("\n", "\n\n")}\n\n${older}`).visible).toBe(reply);
  });

  it("the words between dashes end it, with headers below or not", () => {
    expect(visibleText(`${reply}\n\n${language.original}\n${block}\n\n${older}`).visible).toBe(reply);
    expect(visibleText(`${reply}\n\n${language.original}\n\n${older}`).visible).toBe(reply);
  });

  it("what is sent on stays", () => {
    const mail = `${reply}\n\n${language.forwarded}\n${block}\n\n${older}`;
    expect(visibleText(mail)).toEqual({ visible: mail, folded: null, signature: null, forwarded: true });
  });

  it.each(language.phone)("what the phone wrote is no answer: %s", (phone) => {
    const read = visibleText(`${reply}\n\n${phone}\n\n${language.wrote[0]}\n${quoted}`);
    expect(read).toMatchObject({ visible: reply, signature: phone });
    expect(visibleText(`${reply}\n\n${phone}\n`).visible).toBe(reply);
  });
});
