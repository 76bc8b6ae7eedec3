import { Rejected, Retryable, Unclear } from "~/channels/channel";
import { Invalid } from "~/http/errors";

/** What a provider said no with, for staff; null when it is none of its errors. */
export function wordsOf(error: unknown): string | null {
  if (error instanceof Invalid) return error.message;
  const isOurs = error instanceof Retryable || error instanceof Rejected || error instanceof Unclear;
  return isOurs ? error.failure.words : null;
}
