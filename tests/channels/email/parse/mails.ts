import { readMail } from "~/channels/email/parse/read-mail";

/** A mail of these lines; characters above U+00FF are written in UTF-8, all others are one byte each. */
export function mail(...lines: string[]): Buffer {
  const text = lines.join("\r\n");
  return Buffer.from(text, /[\u0100-\uffff]/.test(text) ? "utf8" : "latin1");
}

export function read(...lines: string[]): ReturnType<typeof readMail> {
  return readMail(mail(...lines));
}

/** The least that a mail has, for tests of something else. */
export const from = "From: Jane Doe <jane@customer.example>";
