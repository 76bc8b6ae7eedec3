import { z } from "zod";

const kind = z.enum(["instagram", "messenger", "whatsapp"]);
const who = { kind, account: z.string().optional(), person: z.string() };
const file = z.object({ name: z.string(), mediaType: z.string(), base64: z.string() });

/** What a shopper can do, as JSON to `/control/meta/<word>`. */
export const shapes = {
  /** One more page with its profile and one more number, all of them with that number at their end. */
  accounts: z.object({ number: z.number().int().min(1).max(99) }),
  /** Somebody new; their id is made, or given where a test needs a certain one. */
  people: z.object({ kind, name: z.string(), username: z.string().nullish(), id: z.string().optional() }),
  say: z.object({
    ...who,
    text: z.string().default(""),
    file: file.nullish(),
    /** A message that this answers, by its id. */
    replyTo: z.string().nullish(),
    story: z.enum(["mention", "reply"]).nullish(),
    referral: z.object({ ref: z.string(), headline: z.string().optional() }).nullish(),
    /** What of the message is written otherwise, as Meta writes it: a location, contacts, an order, an unknown type. */
    as: z.object({ type: z.string(), value: z.unknown() }).nullish(),
  }),
  press: z.object({ ...who, title: z.string(), payload: z.string() }),
  react: z.object({ message: z.string(), emoji: z.string().nullable() }),
  delete: z.object({ message: z.string() }),
  edit: z.object({ message: z.string(), text: z.string() }),
  read: z.object(who),
  /** What became of a message of the store's, told at will, as far as the product has a word for it. */
  tell: z.object({ ...who, message: z.string(), state: z.enum(["sent", "delivered", "read", "failed"]) }),
  /** The store answers in Meta's own inbox. */
  elsewhere: z.object({ ...who, text: z.string() }),
  /** So many hours go by since they last wrote. */
  expire: z.object({ ...who, hours: z.number() }),
  block: z.object({ kind, person: z.string(), blocks: z.boolean() }),
  /** A person changes their number on WhatsApp. */
  move: z.object({ person: z.string(), to: z.string() }),
  token: z.object({ token: z.string(), ended: z.boolean() }),
};
