/**
 * How much of a mail is read. Far above what people send, far below what would hold a worker up; whatever lies beyond
 * stands in `problems`, and the raw mail is kept whole.
 */
export const limits = {
  /** Bytes of one header block of which every field is kept; after them only those that a mail cannot do without. */
  headerBytes: 512 * 1024,
  headerFields: 2_000,
  /** UTF-16 units of one field's value; addresses may be longer. */
  headerValue: 32 * 1024,
  addressHeaderValue: 1_500_000,
  /** Addresses listed of one header; all of them are counted. */
  addresses: 500,
  references: 100,
  parts: 1_000,
  /** Multiparts within multiparts. */
  depth: 50,
  /** Mails within mails whose words are read. */
  mailDepth: 3,
  attachedMails: 10,
  /** Bytes of one text or HTML part, and UTF-16 units of what is made of all of them. */
  textBytes: 4 * 1024 * 1024,
  text: 1_000_000,
  html: 1_500_000,
  /** Bytes of a text/calendar part that are looked at. */
  calendarBytes: 256 * 1024,
  /** Bytes of a winmail.dat's text once unpacked. */
  unpackedBytes: 4 * 1024 * 1024,
  problems: 20,
} as const;
