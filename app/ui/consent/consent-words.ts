import type { ConsentChannel, ConsentPurpose, ConsentState } from "~/consent/consent";
import { channelWords } from "~/consent/words";

export const stateWords: Record<ConsentState, { words: string; tone: "success" | "critical" | "attention" }> = {
  given: { words: "Allowed", tone: "success" },
  withdrawn: { words: "Not allowed", tone: "critical" },
  pending: { words: "Not confirmed yet", tone: "attention" },
};

/** What recording it does, said before it is done. */
export function effectWords(
  allows: boolean,
  channel: ConsentChannel,
  purpose: ConsentPurpose,
  inShopify: boolean,
): string {
  const told =
    purpose === "marketing" && (channel === "email" || channel === "sms") && inShopify
      ? " Shopify is told, so its own e-mails and apps follow."
      : "";
  if (purpose === "tracking") {
    return allows
      ? "What they look at is kept only once their browser allows it too."
      : "What they look at is no longer kept, from this moment, in all their browsers.";
  }
  if (purpose === "service") {
    return allows
      ? "You can answer them and tell them of their orders this way."
      : "Nothing is sent to them this way any more, not even answers.";
  }
  if (purpose === "recording") return allows ? "Their calls may be recorded." : "Their calls are not recorded.";
  return allows
    ? `You may send them marketing ${channelWords[channel]}.${told}`
    : `No marketing goes to them ${channelWords[channel]}, from this moment, also not what is waiting to be sent.${told}`;
}
