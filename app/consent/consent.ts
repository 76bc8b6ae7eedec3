/** The shapes of consent that every file here and the pages share. */

export const channels = ["chat", "email", "sms", "whatsapp", "instagram", "messenger", "voice", "browser"] as const;
export type ConsentChannel = (typeof channels)[number];

/**
 * service: answering what a person asked, and telling them of their orders. marketing: anything that is to sell.
 * tracking: what they look at on the storefront. recording: a call's sound.
 */
export const purposes = ["service", "marketing", "tracking", "recording"] as const;
export type ConsentPurpose = (typeof purposes)[number];

/** pending: asked for, and not yet confirmed (a double opt-in under way). It allows nothing. */
export type ConsentState = "given" | "withdrawn" | "pending";

export type ConsentSource = "shopify" | "widget" | "staff" | "channel";

/** One address of a channel. */
export interface ConsentEndpoint {
  kind: "email" | "phone";
  /** Lower case, or E.164. */
  value: string;
}

/** What is said of consent once. */
export interface Said {
  /** The leaf it is said for, or null when only the browser is known. */
  customerId: string | null;
  visitorId: string | null;
  channel: ConsentChannel;
  purpose: ConsentPurpose;
  state: ConsentState;
  at: Date;
  /** Where, in words for staff, at most 200 characters. */
  touchpoint: string;
  /** What they were shown or told, and its language (BCP 47), as far as known. */
  wording: string | null;
  language: string | null;
  source: ConsentSource;
  /** Null: for all of the channel. */
  endpoint: ConsentEndpoint | null;
}

/** What holds now of a channel, purpose and address. */
export interface CurrentConsent extends Omit<Said, "customerId" | "visitorId"> {
  id: string;
  customerId: string | null;
  visitorId: string | null;
}
