import type { SendRule } from "../../channel";

const hour = 3_600_000;
/** https://developers.facebook.com/docs/messenger-platform/policy/policy-overview#standard_messaging */
const free = 24 * hour;
/** https://developers.facebook.com/docs/features-reference/human-agent */
const byPeople = 7 * 24 * hour;

/** How a message may go out now: as an answer, as one of a person's within seven days, or not at all. */
export function waysOut(lastInAt: Date | null, humanAgent: boolean, now: Date): "answer" | "human-agent" | null {
  if (!lastInAt) return null;
  const since = now.getTime() - lastInAt.getTime();
  if (since < free) return "answer";
  return humanAgent && since < byPeople ? "human-agent" : null;
}

/** The rule of Instagram and Messenger. */
export function windowRule(name: string, lastInAt: Date | null, humanAgent: boolean, now: Date): SendRule {
  if (!lastInAt) {
    return {
      open: false,
      instead: null,
      words: `They have not written to you on ${name} yet, and only they can begin there.`,
    };
  }
  const way = waysOut(lastInAt, humanAgent, now);
  if (way === "answer") {
    return {
      open: true,
      until: new Date(lastInAt.getTime() + free),
      words: `${name} lets you reply within 24 hours of their last message.`,
    };
  }
  if (way === "human-agent") {
    return {
      open: true,
      until: new Date(lastInAt.getTime() + byPeople),
      words: `More than 24 hours have passed, so this goes out marked as a person's reply. ${name} allows that for 7 days after their last message.`,
    };
  }
  const time = humanAgent ? "7 days" : "24 hours";
  return {
    open: false,
    instead: null,
    words: `${name} closes a chat ${time} after their last message. Wait until they write again, or reply on another channel.`,
  };
}

/** The rule of WhatsApp: after a day only templates. https://developers.facebook.com/docs/whatsapp/conversation-types */
export function whatsAppRule(lastInAt: Date | null, now: Date): SendRule {
  if (!lastInAt) {
    return {
      open: false,
      instead: "template",
      words: "They have not written to you on WhatsApp yet. Begin with a template.",
    };
  }
  const until = new Date(lastInAt.getTime() + free);
  if (now < until)
    return { open: true, until, words: "WhatsApp lets you reply within 24 hours of their last message." };
  return {
    open: false,
    instead: "template",
    words:
      "More than 24 hours have passed since they last wrote on WhatsApp. Send a template; when they answer, you can write freely again.",
  };
}
