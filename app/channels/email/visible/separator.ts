import type { Line } from "./lines";
import { forwardOpenings, forwardWords, originalWords, replyAboveWords } from "./separator-words";

/** What stands at the top of a reply to us, so that clients whose quotes nobody knows can be cut there too. */
export const replyAboveLine = "##- Please type your reply above this line -##";

/** A row of dashes and the like that says nothing. */
export function isRule(line: Line): boolean {
  return line.depth === 0 && /^[-_=*‐‑‒–—―─━_ ]{3,}$/.test(line.words);
}

/** "-----Original Message-----" and its like: what follows is the mail that was answered. */
export function isOriginal(line: Line): boolean {
  const words = betweenDashes(line);
  return words !== null && originalWords.has(words);
}

/** "---------- Forwarded message ---------" and its like: what follows was sent on, and is what they want to say. */
export function isForward(line: Line): boolean {
  if (line.depth > 0 || line.words.length > 80) return false;
  const words = betweenDashes(line);
  if (words !== null && forwardWords.has(words)) return true;
  return forwardOpenings.has(line.small.replace(/\s*[:：]$/, ""));
}

/** The line that we ask to be answered above, also as other help desks write it. */
export function isReplyAbove(line: Line): boolean {
  if (line.words.length > 200) return false;
  if (line.words.startsWith("##-") && line.words.endsWith("-##")) return true;
  const words = betweenDashes(line);
  return words !== null && replyAboveWords.some((phrase) => words.includes(phrase));
}

/** Whether a subject says that the mail was sent on, in the short words that clients put before it. */
export function isForwardSubject(subject: string): boolean {
  const [before = ""] = subject.trim().toLowerCase().split(/[:：]/, 1);
  return before !== subject.trim().toLowerCase() && forwardPrefixes.has(before.trim());
}

const forwardPrefixes = new Set(
  "fw fwd wg tr rv enc i doorst vs vl vb vidarebefordrat pd přeposláno preposlané továbbítás ilt προωθ πρθ пересл переслано 转发 轉寄 転送 전달 הועבר إعادة-توجيه chuyển-tiếp trs"
    .split(" ")
    .map((word) => word.replaceAll("-", " ")),
);

function betweenDashes(line: Line): string | null {
  if (line.depth > 0 || line.words.length > 200) return null;
  const found = /^[-_=*#‐‑‒–—―─━~＊\s]{2,}([^-_=*#‐‑‒–—―─━~＊\s].*)$/.exec(line.small);
  if (!found?.[1]) return null;
  let end = found[1].length;
  while (end > 0 && "-_=*#‐‑‒–—―─━~＊: ：".includes(found[1][end - 1] ?? "")) end -= 1;
  return found[1].slice(0, end);
}
