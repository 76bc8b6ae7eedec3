import type { automaticKind } from "~/channels/email/automatic/automatic-kind";

type SeenMail = Parameters<typeof automaticKind>[0];

/** A mail of a person's, but for what is said. Header names in lower case. */
export function mail(
  given: Partial<Omit<SeenMail, "headers">> & { headers?: Record<string, string>; sender?: string } = {},
): SeenMail {
  const { headers = {}, sender = "ada@shopper.example", ...rest } = given;
  return {
    headers: new Map(Object.entries(headers).map(([name, value]) => [name, [value]])),
    subject: "My order",
    from: { name: null, address: sender },
    text: "Where is it?",
    report: null,
    attachedMails: [],
    returnPath: "ada@shopper.example",
    inReplyTo: [],
    ...rest,
  };
}

/** A report as RFC 3464 has it, with one group of fields a recipient. */
export function report(...recipients: string[][]): SeenMail {
  const status = [["Reporting-MTA: dns; mx.example"], ...recipients].map((fields) => fields.join("\n")).join("\n\n");
  return mail({
    sender: "mailer-daemon@mx.example",
    returnPath: "",
    subject: "Undelivered Mail Returned to Sender",
    report: { type: "delivery-status", status, originalHeaders: null, originalMessageId: "m1@store.example" },
  });
}
