import { Rejected, Retryable } from "../../channel";
import { call, readWhole, unavailable } from "../call";
import { basic, type TwilioAccount } from "./client";

/** Bytes of one file that somebody sent. */
const largest = 20 * 1024 * 1024;

/** Twilio's API, and where it leads to from there. https://www.twilio.com/docs/messaging/api/media-resource */
const hosts = /^([a-z0-9-]+\.)*(twilio\.com|twiliocdn\.com)$|^([a-z0-9-]+\.)*s3([.-][a-z0-9-]+)*\.amazonaws\.com$/;

/** A file of a message, following where Twilio leads, to its own addresses only. Throws Retryable or Rejected. */
export async function fetchMedia(
  account: TwilioAccount,
  reference: string,
): Promise<{ content: Uint8Array; name: string | null }> {
  let url = allowed(reference);
  for (let step = 0; step < 4; step += 1) {
    // The credentials are for the API alone.
    const headers: Record<string, string> = url.hostname === "api.twilio.com" ? { Authorization: basic(account) } : {};
    const answer = await call("Twilio", url, { headers, milliseconds: 60_000 });
    const next = answer.headers.get("location");
    if (answer.status >= 300 && answer.status < 400 && next) {
      await answer.body?.cancel();
      url = allowed(new URL(next, url).href);
      continue;
    }
    if (answer.ok)
      return {
        content: await readWhole("Twilio", answer, largest),
        name: nameOf(answer.headers.get("content-disposition")),
      };
    await answer.body?.cancel();
    const down = unavailable("Twilio", answer, { onlyReads: true, now: new Date() });
    if (down instanceof Retryable) throw down;
    throw lost(
      String(answer.status),
      answer.status === 404 ? "Twilio no longer has this file." : "Twilio did not hand this file out.",
    );
  }
  throw lost("redirects", "Twilio did not hand this file out.");
}

function allowed(reference: string): URL {
  const url = URL.parse(reference);
  if (url?.protocol !== "https:" || url.port !== "" || !hosts.test(url.hostname)) {
    throw lost("address", "This file is not at an address of Twilio's.");
  }
  return url;
}

const lost = (code: string, words: string): Rejected => new Rejected({ code, words });

function nameOf(disposition: string | null): string | null {
  return /filename="?([^";]{1,100})"?/i.exec(disposition ?? "")?.[1]?.trim() ?? null;
}
