/** What a message holds besides its text and its files. Kept as JSON with the message and shown as it stands here. */
export interface MessageContent {
  /** Of a mail: what stood around its text. The HTML and the folded rest are in `mail_body`, read when asked for. */
  email?: {
    subject: string;
    from: Mailbox;
    to: Mailbox[];
    cc: Mailbox[];
    /** Whether there is HTML to show instead of the text. */
    hasHtml: boolean;
    /** Whether quoted history or a signature was folded away. */
    hasFolded: boolean;
    authentication: MailAuthentication;
    /** Why nobody's reply is due: a machine wrote it. */
    automatic?: "auto-reply" | "bounce" | "challenge" | "list";
    /** The raw mail could not be read; it can be downloaded. */
    unreadable?: boolean;
  };
  location?: { latitude: number; longitude: number; name: string | null; address: string | null };
  contacts?: { name: string; phones: string[]; emails: string[] }[];
  /** A story of the store's that they mentioned or answered. `link` is the provider's and ends after a day. */
  story?: { kind: "mention" | "reply"; link: string | null };
  /** What brought them: an ad or a link. */
  referral?: { source: string; headline: string | null; link: string | null };
  /** A button or quick reply that they pressed: its words are the message's text. */
  button?: { payload: string };
  /** A template of ours that was sent: its name and language; the words are the message's text. */
  template?: { name: string; language: string; values: string[] };
  /** A kind of message that this app does not know, in words for staff. */
  unsupported?: string;
  /** Files that could not be taken over, in words for staff. */
  lost?: { name: string; because: string }[];
  /** A telephone call, told once it is over. `seconds` is the talk, or the length of a message that was left. */
  call?: { callId: string; direction: "in" | "out"; outcome: string; seconds: number };
  /** A mail that carries replies of the chat, of these positions, to a shopper who had left. */
  followUp?: { from: number; upTo: number };
  /** What staff wrote down of a visit or a call elsewhere. */
  visit?: { kind: "visit" | "call"; outcome: string; place: string | null };
}

export interface Mailbox {
  name: string | null;
  address: string;
}

/** What DKIM, SPF and DMARC say of the sender that a mail names. */
export interface MailAuthentication {
  /** aligned: the domain vouches for it. unproven: nothing speaks for or against. forged: the domain denies it. */
  verdict: "aligned" | "unproven" | "forged";
  /** For staff: "Signed by northwind.example". */
  words: string;
}

/** A person's reaction to one message. */
export interface Reaction {
  emoji: string;
  by: "shopper" | "staff";
}
