import { describe, expect, it } from "vitest";
import { automaticKind } from "~/channels/email/automatic/automatic-kind";
import { statusIn } from "~/channels/email/automatic/bounce";
import { statusWords } from "~/channels/email/automatic/status-words";
import { mail, report } from "./mails";

const ada = "Final-Recipient: rfc822; ada@shopper.example";

describe("a report for machines", () => {
  it("says who could not be reached, and why, with what to do", () => {
    const said = report([ada, "Action: failed", "Status: 5.1.1", "Diagnostic-Code: smtp; 550 5.1.1 no such user"]);
    expect(automaticKind(said)).toEqual({
      kind: "bounce",
      quiet: true,
      bounce: {
        permanent: true,
        givenUp: true,
        status: "5.1.1",
        words: "There is no mailbox with this address. Check the address, or reach them another way.",
        recipient: "ada@shopper.example",
        originalMessageId: "m1@store.example",
      },
    });
  });

  it("names whom we wrote to, not where their server passed it on", () => {
    const said = report([
      "Original-Recipient: rfc822;ada@shopper.example",
      "Final-Recipient: rfc822; a1@inner.example",
      "Action: failed",
      "Status: 5.2.2",
    ]);
    expect(automaticKind(said).bounce).toMatchObject({ recipient: "ada@shopper.example", status: "5.2.2" });
  });

  it("looks into the diagnostic where the status says nothing", () => {
    const said = (diagnostic: string) =>
      automaticKind(report([ada, "Action: failed", "Status: 5.0.0", `Diagnostic-Code: ${diagnostic}`])).bounce?.status;
    expect(said("smtp; 552 5.2.2 over quota")).toBe("5.2.2");
    expect(said("smtp; 550 Requested action not taken: mailbox unavailable")).toBe("5.1.1");
    expect(said("smtp; 554 blocked using zen.spamhaus.example")).toBe("5.7.1");
    expect(said("smtp; 550 relay 10.5.1.1 says no")).toBe("5.0.0");
  });

  it("of a late message loses nothing yet", () => {
    const { bounce } = automaticKind(report([ada, "Action: delayed", "Status: 4.4.1"]));
    expect(bounce).toMatchObject({ permanent: false, givenUp: false, status: "4.4.1" });
    expect(bounce?.words).toBe(
      "Their mail server did not answer. It is still being tried, so there is nothing to do yet.",
    );
  });

  it("of a message given up after days is over, though another may arrive", () => {
    expect(automaticKind(report([ada, "Action: failed", "Status: 4.4.7"])).bounce).toMatchObject({
      permanent: false,
      givenUp: true,
      status: "4.4.7",
    });
  });

  it("of several recipients tells of the one that failed", () => {
    const bob = "Final-Recipient: rfc822; bob@shopper.example";
    expect(
      automaticKind(
        report([ada, "Action: delivered", "Status: 2.0.0"], [bob, "Action: FAILED (really)", "Status: 5.1.2"]),
      ).bounce?.recipient,
    ).toBe("bob@shopper.example");
  });

  it("of success is a receipt", () => {
    expect(automaticKind(report([ada, "Action: relayed", "Status: 2.0.0"]))).toEqual({ kind: "receipt", quiet: true });
  });

  it("without its part for machines is read like any other", () => {
    const said = { ...report(), text: "<ada@shopper.example>: host mx.example said: 550 5.1.1 unknown" };
    if (said.report) said.report.status = null;
    expect(automaticKind(said).bounce).toMatchObject({ status: "5.1.1", recipient: "ada@shopper.example" });
  });
});

const server = { sender: "MAILER-DAEMON@mx.example", returnPath: "" };
const original =
  "--- Below this line is a copy of the message.\n\nReturn-Path: <help@northwind.example>\nMessage-ID: <m1@store.example>\nSubject: Re: My order";

/** As the servers word it: name, mail, status, and who. */
const worded: [string, Parameters<typeof mail>[0], string, boolean?][] = [
  [
    "qmail",
    {
      ...server,
      subject: "failure notice",
      text: `Hi. This is the qmail-send program at mx.example.\nI'm afraid I wasn't able to deliver your message to the following addresses.\n\n<ada@shopper.example>:\nSorry, no mailbox here by that name. user not found\n\n${original}`,
    },
    "5.1.1",
  ],
  [
    "old Yahoo",
    {
      ...server,
      subject: "Failure Notice",
      text: `Sorry, we were unable to deliver your message to the following address.\n\n<ada@shopper.example>:\n554: delivery error: dd This user doesn't have a yahoo.com account (ada@shopper.example) [0]\n\n${original}`,
    },
    "5.1.1",
  ],
  [
    "Exchange",
    {
      sender: "postmaster@corp.example",
      subject: "Undeliverable: Re: My order",
      text: "Your message did not reach some or all of the intended recipients.\n\nThe following recipient(s) cannot be reached:\n\n      'ada@shopper.example' on 1/9/2026 4:37 PM\n            550 5.2.1 mailbox disabled",
    },
    "5.2.1",
  ],
  [
    "Office 365",
    {
      sender: "microsoftexchange329e71ec88ae4615bbc36ab6ce41109e@corp.example",
      subject: "Undeliverable: My order",
      text: "Your message to ada@shopper.example couldn't be delivered.\n\nada wasn't found at shopper.example.\n\nRemote server returned '550 5.1.10 RESOLVER.ADR.RecipientNotFound'",
    },
    "5.1.10",
  ],
  [
    "Exim",
    {
      ...server,
      subject: "Mail delivery failed: returning message to sender",
      headers: { "x-failed-recipients": "ada@shopper.example" },
      text: "This message was created automatically by mail delivery software.\n\nA message that you sent could not be delivered to one or more of its\nrecipients. This is a permanent error. The following address(es) failed:\n\n  ada@shopper.example\n    Unrouteable address",
    },
    "5.1.2",
  ],
  [
    "Exim, late",
    {
      ...server,
      subject: "Warning: message 1abC-0001 delayed 24 hours",
      text: "This message was created automatically by mail delivery software.\nA message that you sent has not yet been delivered to one or more of its\nrecipients after more than 24 hours.\n\n  ada@shopper.example\n    host mx.shopper.example: Connection timed out",
    },
    "4.4.1",
    false,
  ],
  [
    "Gmail",
    {
      sender: "mailer-daemon@googlemail.com",
      returnPath: "",
      subject: "Delivery Status Notification (Failure)",
      headers: { "x-failed-recipients": "ada@shopper.example" },
      text: "** Address not found **\n\nYour message wasn't delivered to ada@shopper.example because the address couldn't be found.\n\nThe response from the remote server was:\n550 5.1.1 The email account that you tried to reach does not exist.",
    },
    "5.1.1",
  ],
  [
    "Gmail, unsigned",
    {
      sender: "mailer-daemon@googlemail.com",
      returnPath: "",
      subject: "Delivery Status Notification (Failure)",
      text: "Message blocked\nYour message to ada@shopper.example has been blocked.\n550-5.7.26 This mail has been blocked because the sender is unauthenticated.",
    },
    "5.7.26",
  ],
  [
    "Mail.ru",
    {
      sender: "mailer-daemon@corp.mail.example",
      subject: "Mail failure.",
      text: "Это письмо создано автоматически сервером Mail.Ru, отвечать на него не нужно.\n\nК сожалению, Ваше письмо не может быть доставлено одному или нескольким получателям:\n\n**********************\nada@shopper.example\nuser not found",
    },
    "5.1.1",
  ],
  [
    "Domino",
    {
      sender: "Postmaster@notes.example",
      subject: "DELIVERY FAILURE: User ada (ada@shopper.example) not listed in Domino Directory",
      text: "Your message\n\n  Subject: Re: My order\n\nwas not delivered to:\n\n  ada@shopper.example\n\nbecause:\n\n  User ada (ada@shopper.example) not listed in Domino Directory",
    },
    "5.1.1",
  ],
  [
    "old sendmail",
    {
      ...server,
      subject: "Returned mail: see transcript for details",
      text: "The original message was received at Fri, 9 Jan 2026\nfrom store.example [192.0.2.5]\n\n   ----- The following addresses had permanent fatal errors -----\n<ada@shopper.example>\n    (reason: 552 5.2.2 Mailbox full)\n\n   ----- Transcript of session follows -----",
    },
    "5.2.2",
  ],
  [
    "Postfix, without a report",
    {
      ...server,
      subject: "Undelivered Mail Returned to Sender",
      text: "This is the mail system at host mx.example.\n\nI'm sorry to have to inform you that your message could not\nbe delivered.\n\n<ada@shopper.example>: Host or domain name not found. Name service error for name=shopper.example",
    },
    "5.1.2",
  ],
  [
    "German",
    {
      sender: "postmaster@firma.example",
      subject: "Unzustellbar: Ihre Bestellung",
      text: "Ihre Nachricht an ada@shopper.example konnte nicht zugestellt werden.\nDas Postfach ist voll.",
    },
    "5.2.2",
  ],
  [
    "French",
    {
      sender: "postmaster@societe.example",
      subject: "Non remis : Votre commande",
      text: "Votre message n'a pas pu être remis à ada@shopper.example. L'adresse est introuvable.",
    },
    "5.1.1",
  ],
  [
    "Japanese",
    {
      sender: "postmaster@kaisha.example",
      subject: "配信不能: ご注文",
      text: "ada@shopper.example に配信できませんでした。\nアドレスが存在しません。",
    },
    "5.1.1",
  ],
];

describe("a bounce written for people", () => {
  it.each(worded)("of %s is known, with whom it was for and why", (_server, given, status, givenUp = true) => {
    const { kind, bounce } = automaticKind(mail(given));
    expect(kind).toBe("bounce");
    expect(bounce).toMatchObject({ status, recipient: "ada@shopper.example", givenUp, permanent: givenUp });
  });

  it("gives the id of the mail that came back below", () => {
    expect(automaticKind(mail(worded[0]?.[1])).bounce?.originalMessageId).toBe("m1@store.example");
  });

  it("is none when a person writes of one, or a server of something else", () => {
    const says = "I got this: This is the qmail-send program. I'm afraid I wasn't able to deliver your message";
    expect(automaticKind(mail({ text: says, subject: "failure notice" })).kind).toBe("person");
    expect(
      automaticKind(
        mail({ ...server, returnPath: "x@y.example", subject: "Quarantine summary", text: "3 new messages" }),
      ).kind,
    ).toBe("person");
  });
});

describe("a status", () => {
  it("is found in words, but not in an address of a machine", () => {
    expect(statusIn("550 5.1.1 unknown")).toBe("5.1.1");
    expect(statusIn("(#5.1.1)")).toBe("5.1.1");
    expect(statusIn("550-5.7.26 text")).toBe("5.7.26");
    expect(statusIn("host 192.5.1.1 said")).toBeNull();
    expect(statusIn("host 5.1.1.7 said no")).toBeNull();
    expect(statusIn("by version 14.5.1.1234")).toBeNull();
    expect(statusIn("it has failed. 5.1.1.")).toBe("5.1.1");
  });

  it("always comes with words, also when nobody knows it", () => {
    for (const status of ["5.1.1", "5.9.99", "5.7.99", "9.0.0", "5"]) {
      expect(statusWords(status, true)).toMatch(/^\p{Lu}.+\. .+\.$/u);
    }
  });
});
