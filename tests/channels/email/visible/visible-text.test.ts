import { describe, expect, it } from "vitest";
import { replyAboveLine } from "~/channels/email/visible/separator";
import { visibleText } from "~/channels/email/visible/visible-text";

const shown = (...lines: string[]) => visibleText(lines.join("\n")).visible.split("\n");
const wrote = "On Fri, Jan 9, 2026 at 4:37 PM Northwind <help@northwind.example> wrote:";

describe("answers inside a quote", () => {
  it("stay, each with the lines it answers, when those were picked", () => {
    const mail = ["Hi,", "", "> Which colour?", "Blue.", "", "> Which size?", "", "M, please."];
    expect(shown(...mail)).toEqual(mail);
  });

  it("stay with the paragraph above them when the whole mail was quoted", () => {
    const mail = [
      wrote,
      "> Dear Ada,",
      ">",
      "> which colour?",
      ">",
      "",
      "Blue.",
      "",
      "> And which size?",
      ">",
      "> Northwind",
    ];
    expect(visibleText(mail.join("\n"))).toEqual({
      visible: "> which colour?\n\nBlue.",
      folded: [wrote, "> Dear Ada,", ">", ">", "> And which size?", ">", "> Northwind"].join("\n"),
      signature: null,
      forwarded: false,
    });
  });

  it("stay without what would bury them", () => {
    const long = Array.from({ length: 40 }, (_, at) => `> line ${at} of an older mail`);
    expect(shown("Hello", wrote, ...long, "Blue.", "> And?", "M.").length).toBeLessThan(20);
    expect(shown("Hello", wrote, `> ${"a".repeat(5000)}`, "Blue.", "> And?", "M.")).toEqual([
      "Hello",
      "Blue.",
      "> And?",
      "M.",
    ]);
  });
});

describe("quotes that were broken on the way", () => {
  it("take back the half of a line that lost its mark", () => {
    const mail = [
      "Fine.",
      "",
      wrote,
      "> We looked at your order again and found the parcel at the de",
      "pot in Leeds",
      "> Northwind",
    ];
    expect(shown(...mail)).toEqual(["Fine."]);
  });

  it("leave an answer where it was typed below a long line", () => {
    const mail = [wrote, "> We can send you the blue one in medium or the green one in large?", "blue", "> Northwind"];
    expect(shown(...mail)).toContain("blue");
  });

  it("are known where Gmail broke the sentence before its last bracket", () => {
    expect(
      shown("Fine.", "", "On Fri, Jan 9, 2026 at 4:37 PM Northwind <help@northwind.example", "> wrote:", "", "Older"),
    ).toEqual(["Fine."]);
  });

  it("are known with the time on a line of its own", () => {
    expect(
      shown("Fine.", "", "On 9 January 2026,", "at 10:18,", "Northwind <help@northwind.example> wrote:", "> Older"),
    ).toEqual(["Fine."]);
  });

  it("begin right below the last word", () => {
    expect(shown("My order is #1001.", wrote, "> Older")).toEqual(["My order is #1001."]);
  });
});

describe("sentences of theirs", () => {
  it.each([
    "On Friday I ordered a jacket.\nOn the other hand, I liked the old one:\n\nIt was blue.",
    "Your colleague wrote:\n\nWe refund it.\n\nBut you did not.",
    "It was bought on 9 January 2026 at 10:00 with ada@shopper.example:\n\nPlease look.",
    "I need this:\n2026-01-15 14:30:25\n15.01.2026 14:30\nAll of it.",
    "From: Leeds to York\nis how it should go.",
    "To: be honest, I do not know.\nSubject: closed.",
    "Sent from my desk, it is easier than on the phone.\n\nAda",
    "The notification was sent from my iPhone app to all.\nThanks",
    "## Points\n----\n\n1. Blue\n\n----\n\n2. Green",
    "-- first\n-- second\n\nThanks",
    "Von meinem Standpunkt aus ist das nicht in Ordnung.\n\nBitte ändern.",
    "---\nhello",
  ])("stay as they are: %j", (mail) => {
    expect(visibleText(mail)).toEqual({ visible: mail, folded: null, signature: null, forwarded: false });
  });
});

describe("signatures", () => {
  it("go below two dashes", () => {
    expect(visibleText("Thanks!\n\n-- \nAda Lovelace\n+44 20 7946 0000")).toMatchObject({
      visible: "Thanks!",
      folded: "-- \nAda Lovelace\n+44 20 7946 0000",
      signature: "-- \nAda Lovelace\n+44 20 7946 0000",
    });
  });

  it("go above and below the quote", () => {
    expect(shown("Thanks!", "--", "Ada", "", wrote, "> Older", "", "--", "Ada")).toEqual(["Thanks!"]);
  });

  it("do not take the rest of a mail with them when it is a line and no signature", () => {
    const rest = Array.from({ length: 20 }, (_, at) => `Point ${at}`);
    expect(shown("Hello", "--", ...rest)).toHaveLength(22);
  });

  it("of a phone leave what was written below them", () => {
    expect(shown("Hello", "", "Sent from my iPhone", "", "PS: the blue one.")).toEqual([
      "Hello",
      "",
      "PS: the blue one.",
    ]);
  });

  it("of lists, virus scanners and lawyers go too", () => {
    expect(shown("Hello", "", "_______________", "x mailing list", "https://lists.example/listinfo/x")).toEqual([
      "Hello",
    ]);
    expect(shown("Hello", "", "Virus-free. www.avast.com <https://avast.example>")).toEqual(["Hello"]);
    expect(shown("Hello", "", "CONFIDENTIALITY NOTICE: this is secret.", "Delete it.")).toEqual(["Hello"]);
  });

  it("stay out of an empty answer's way", () => {
    expect(visibleText("Sent from my iPhone").visible).toBe("Sent from my iPhone");
  });
});

describe("mails that are sent on", () => {
  it("stay with the words above, without the signature between", () => {
    const mail = [
      "Please see below.",
      "",
      "-- ",
      "Ada",
      "",
      "Begin forwarded message:",
      "",
      "> From: Bob <bob@example.com>",
      "> Hello",
    ];
    expect(visibleText(mail.join("\n"))).toMatchObject({
      visible: [
        "Please see below.",
        "",
        "Begin forwarded message:",
        "",
        "> From: Bob <bob@example.com>",
        "> Hello",
      ].join("\n"),
      signature: "-- \nAda",
      forwarded: true,
    });
  });

  it("are known by the subject alone where Outlook sends them", () => {
    const mail = "Please see below.\n\nFrom: Bob\nSent: 9 January 2026\nTo: Ada\nSubject: Invoice\n\nHello";
    expect(visibleText(mail).visible).toBe("Please see below.");
    for (const subject of ["FW: Invoice", "WG: Rechnung", "TR : Facture", "转发：发票"]) {
      expect(visibleText(mail, { subject })).toMatchObject({ visible: mail, forwarded: true });
    }
    expect(visibleText(mail, { subject: "Re: Invoice" }).visible).toBe("Please see below.");
  });

  it("go when they are a part of what was answered", () => {
    expect(shown("Fine.", "", wrote, "", "Hello", "---------- Forwarded message ---------", "From: Bob")).toEqual([
      "Fine.",
    ]);
  });
});

describe("mails of ours that nobody's rules know", () => {
  it("are cut at the line that asks to be answered above", () => {
    expect(shown("Fine.", "", replyAboveLine, "", "Hello Ada")).toEqual(["Fine."]);
    expect(shown("Fine.", "", "Northwind <help@northwind.example> sagði þetta:", "", replyAboveLine, "Hello")).toEqual([
      "Fine.",
    ]);
    expect(shown("Fine.", "", "--- Reply above this line ---", "Hello")).toEqual(["Fine."]);
  });
});

describe("text made of HTML", () => {
  it("of Gmail has the sentence and then the quote, with its signature in between", () => {
    expect(shown("Blue, please.", "", "Ada", "", wrote, "", "> Dear Ada,", ">", "> which colour?", "")).toEqual([
      "Blue, please.",
      "",
      "Ada",
    ]);
  });

  it("of Outlook has headers and nothing else", () => {
    const mail = [
      "Blue.",
      "",
      "Get Outlook for iOS <https://aka.ms/o0ukef>",
      "________________________________",
      "From: Northwind <help@northwind.example>",
      "Sent: Friday, January 9, 2026 4:37 PM",
      "To: Ada <ada@shopper.example>",
      "Subject: Your order",
      "",
      "Hello",
    ];
    expect(visibleText(mail.join("\n"))).toMatchObject({
      visible: "Blue.",
      signature: "Get Outlook for iOS <https://aka.ms/o0ukef>",
    });
  });

  it("of Outlook for Mac has a wrapped address among them", () => {
    expect(
      shown(
        "Blue.",
        "",
        "From: Northwind",
        "<help+aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@northwind.example>",
        "Date: Friday, 9 January 2026 at 16:37",
        "To: Ada",
        "Subject: Re: Your order",
        "",
        "Hello",
      ),
    ).toEqual(["Blue."]);
  });

  it("of Notes has labels without colons", () => {
    expect(
      shown(
        "Blue.",
        "",
        "09.01.2026 16:37",
        "",
        "To",
        "ada@shopper.example",
        "cc",
        "",
        "Subject",
        "Your order",
        "",
        "Hello",
      ),
    ).toEqual(["Blue."]);
  });
});

describe("a mail with nothing of its own", () => {
  it("is shown whole", () => {
    for (const mail of [`${wrote}\n> Hello`, "> Hello", `${wrote}\n\nHello`, "-- \nAda", replyAboveLine]) {
      expect(visibleText(mail)).toMatchObject({ visible: mail, folded: null });
    }
    expect(visibleText("")).toEqual({ visible: "", folded: null, signature: null, forwarded: false });
    expect(visibleText("\n \n").visible).toBe("");
  });
});
