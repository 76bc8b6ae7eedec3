import { existsSync } from "node:fs";
import { readdir, readFile } from "node:fs/promises";
import { extname, join, resolve } from "node:path";
import { readMail } from "../../app/channels/email/parse/read-mail";
import { mailSeeds } from "./mail-seeds";
import { mutateBytes } from "./mutate";
import type { Chance, FuzzTarget, Seed } from "./target";

/** Reading a raw mail: what no sender may do to the worker. */
export const mailTarget: FuzzTarget = {
  async seeds() {
    return [...mailSeeds(), ...(await sampleSeeds())];
  },
  mutate(input, chance, others) {
    return chance.below(4) === 0 ? mutateHtml(chance) : mutateBytes(input, chance, others);
  },
  async run(input) {
    const mail = await readMail(input);
    const wrong: string[] = [];
    if (mail.problems.some((words) => words.includes("could not be read."))) wrong.push(...unexpected(mail.problems));
    if (mail.html !== null) wrong.push(...markupTrouble(mail.html));
    for (const file of mail.files) {
      if (file.name === "" || /[/\\\0]/.test(file.name)) wrong.push(`A file is named ${JSON.stringify(file.name)}.`);
    }
    for (const id of [mail.messageId, ...mail.inReplyTo, ...mail.references])
      if (id === "") wrong.push("A message id is empty.");
    if (!mail.text.isWellFormed() || !(mail.html ?? "").isWellFormed()) wrong.push("The text holds half a character.");
    return wrong;
  },
};

/** A winmail.dat may be beyond reading; a mail may not, as that would be a mistake of ours that was caught. */
function unexpected(problems: readonly string[]): string[] {
  return problems.filter((words) => words === "This mail could not be read.");
}

/** The output must be made of its own narrow grammar: tags that are allowed, values in quotes, nothing else. */
function markupTrouble(html: string): string[] {
  const rest = html.replace(/<\/?[a-z][a-z0-9]{0,12}(?: [a-z-]{1,20}="[^"<>]*")*>/g, (tag) => {
    if (
      /^<\/?(?:script|style|iframe|object|embed|form|input|svg|math|template|noscript|link|meta|base|title|textarea|xmp)\b/.test(
        tag,
      )
    )
      return "<";
    if (/ (?:on[a-z]+|srcset|background|action|formaction|id|name|class)="/.test(tag)) return "<";
    if (/ (?:href|src)="(?!https?:\/\/|mailto:|tel:|cid:|data:image\/)/i.test(tag)) return "<";
    if (/ src="https?:/i.test(tag) && !tag.includes("data-blocked-src")) return "<";
    return / style="[^"]*(?:url|expression|position|\\)/i.test(tag) ? "<" : "";
  });
  return /[<>]/.test(rest)
    ? [`Markup came through: ${rest.slice(Math.max(0, rest.search(/[<>]/) - 40)).slice(0, 160)}`]
    : [];
}

const pieces = [
  "<script>",
  "</script>",
  "<style>",
  "</style>",
  "<svg>",
  "<math>",
  "<mtext>",
  "<mglyph>",
  "<table>",
  "<td>",
  "<form>",
  "<a href=",
  "javascript:alert(1)",
  "<img src=x onerror=alert(1)>",
  "<noscript>",
  "<title>",
  "<textarea>",
  "<template>",
  "<!--",
  "-->",
  "<![CDATA[",
  "]]>",
  '"',
  "'",
  ">",
  "<",
  "&lt;",
  "&#x3c;",
  "&colon;",
  "</p>",
  "<p>",
  "<blockquote>",
  "style=",
  "url(//x)",
  "<iframe srcdoc=",
  "<base href=//x>",
  "<meta http-equiv=refresh>",
  "<plaintext>",
  "<xmp>",
  "<b",
  " onload=x ",
  "/",
  "=",
  "`",
  "\0",
  "\ud83d\ude00",
  "text",
];

function mutateHtml(chance: Chance): Buffer {
  let html = "";
  for (let count = 1 + chance.below(60); count > 0; count -= 1) html += chance.pick(pieces);
  return Buffer.from(`From: a@b.example\r\nContent-Type: text/html; charset=utf-8\r\n\r\n${html}`);
}

const samples = resolve(import.meta.dirname, "../../../shared/samples");

/** Real mail beside the project, where somebody put it; nothing needs it. */
async function sampleSeeds(): Promise<Seed[]> {
  const found: Seed[] = [];
  for (const folder of ["mime-stalwart", "mime-mime4j", "mime-mikel-mail"]) {
    const path = join(samples, folder);
    if (!existsSync(path)) continue;
    for (const entry of await readdir(path, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || ![".eml", ".msg", ".txt"].includes(extname(entry.name))) continue;
      found.push({ name: `${folder}/${entry.name}`, bytes: await readFile(join(entry.parentPath, entry.name)) });
    }
  }
  return found.sort((one, other) => (one.name < other.name ? -1 : 1));
}
