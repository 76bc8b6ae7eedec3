import { env } from "~/env.server";
import type { Account, Health } from "../channel";
import { logInProblem, sendProblem } from "./log-in";
import { settingsOf } from "./settings";

/** Logs in again wherever the account says to. */
export async function check(account: Account): Promise<Health> {
  const settings = settingsOf(account);
  const { MAIL_IN_DOMAIN, SMTP_URL } = env();
  const problems = await Promise.all([
    settings.incoming === "imap" ? logInProblem(settings, account.credentials["imapPassword"]) : null,
    settings.outgoing === "own" ? sendProblem(settings, account.credentials["smtpPassword"]) : null,
  ]);
  const wrong = problems.flatMap((one) => (one ? [one.message] : []));
  if (settings.outgoing === "app" && !SMTP_URL) wrong.push("This app has no mail server of its own. Name yours.");
  if (wrong.length > 0) return { ok: false, words: wrong.join(" "), tokenExpiresAt: null };
  const comes = {
    forwarding: `Forward your mail to ${settings.token}@${MAIL_IN_DOMAIN}.`,
    imap: `Reads the mailbox of ${settings.imapUser}.`,
    http: "Takes what your own system posts.",
  }[settings.incoming];
  return {
    ok: true,
    words: `${comes} Sends by ${settings.outgoing === "own" ? "your" : "this app's"} mail server.`,
    tokenExpiresAt: null,
  };
}
