import type { ChannelAdapter, Part } from "../channel";
import { Rejected } from "../channel";
import { type Resolve, resolver } from "./authenticate/dns";
import { check } from "./check";
import { identifyAccount } from "./identify";
import { findSent } from "./imap/find-sent";
import { sendPart } from "./out/send";
import { readInbound } from "./read/read-inbound";
import { emailCredentials, emailFields, emailSettings } from "./settings";

/** What most mail servers take in one mail, before its bytes are written as text, which makes them a third longer. */
const largest = 18 * 1024 * 1024;
const mostText = 500_000;
const mostFiles = 20;

/** E-mail. `resolve` asks DNS; the process's own where nobody says. */
export function emailAdapter(resolve: () => Resolve = resolver): ChannelAdapter {
  return {
    kind: "email",
    abilities: {
      textLimit: mostText,
      files: { "*/*": largest },
      filesPerMessage: mostFiles,
      receipts: "none",
      typing: false,
      templates: false,
      together: true,
    },
    settings: emailSettings,
    credentials: emailCredentials,
    fields: emailFields,
    identify: identifyAccount,
    read: (raw, account) => readInbound(raw, account, resolve()),
    parts(outbound) {
      const size = outbound.files.reduce((sum, file) => sum + file.size, 0);
      if (size > largest) throw new Rejected(tooLarge);
      if (outbound.files.length > mostFiles) throw new Rejected(tooMany);
      if (outbound.text.length > mostText) throw new Rejected(tooLong);
      const part: Part = { outbound, index: 0, key: `${outbound.key}:0`, text: outbound.text, file: null };
      return [part];
    },
    send: (part, account) => sendPart(part, account),
    find: findSent,
    rule: () => ({ open: true, until: null, words: "You can write to this address at any time." }),
    check,
  };
}

const tooLarge = {
  code: "too-large",
  words: "These files are too large for one email: 18 MB together at most. Send fewer or smaller files.",
};
const tooMany = { code: "too-many-files", words: "An email can carry 20 files. Send the rest in another one." };
const tooLong = { code: "too-long", words: "This is too long for one email. Shorten it." };
