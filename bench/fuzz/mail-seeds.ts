import type { Seed } from "./target";

const lines = (...all: string[]): string => all.join("\r\n");
const head = [
  "From: Jane Doe <jane@customer.example>",
  "To: support@shop.example",
  "Subject: Jacket",
  "Message-ID: <1@customer.example>",
  "Date: Sun, 22 Nov 2026 02:29:06 +0100",
  "MIME-Version: 1.0",
];

/** Small mails of our own, each with one kind of trouble, and giants that must be read within a second. */
export function mailSeeds(): Seed[] {
  const small = Object.entries(ordinary).map(([name, text]) => ({ name, bytes: Buffer.from(text, "latin1") }));
  const large = Object.entries(giants).map(([name, make]) => ({ name, bytes: Buffer.from(make(), "latin1") }));
  return [...small, ...large];
}

const ordinary: Readonly<Record<string, string>> = {
  plain: lines(
    ...head,
    "Content-Type: text/plain; charset=utf-8; format=flowed; delsp=yes",
    "",
    "Where is ",
    "my jacket?",
    "> quoted ",
    "> text",
    "-- ",
    "Jane",
  ),
  alternative: lines(
    ...head,
    'Content-Type: multipart/alternative; boundary="a b"',
    "",
    "--a b",
    "",
    "text",
    "--a b",
    "Content-Type: text/html",
    "",
    '<p>text <img src="cid:1"> <a href="https://x.example">x</a><blockquote>q</blockquote>',
    "--a b--",
  ),
  words: lines(
    "From: =?utf-8?B?SsOkbmU=?= <jane@customer.example>",
    "Subject: =?utf-8?Q?J=C3?= =?utf-8?Q?=A4cket?= =?iso-8859-1?q?=E4",
    'To: a: b@c.example, "d, e" <f@g.example>;',
    "Content-Type: text/plain; name*0*=utf-8''%e2%82; name*1*=%ac.txt",
    "",
    "x",
  ),
  related: lines(
    ...head,
    "Content-Type: multipart/related; boundary=r",
    "",
    "--r",
    "Content-Type: text/html; charset=windows-1251",
    "",
    "<b>\xcf\xf0\xe8</b><img src=cid:p@q>",
    "--r",
    "Content-Type: image/png",
    "Content-ID: <p@q>",
    "Content-Transfer-Encoding: base64",
    "",
    "iVBORw0KGgo=",
    "--r--",
  ),
  report: lines(
    ...head,
    "Content-Type: multipart/report; report-type=delivery-status; boundary=r",
    "",
    "--r",
    "",
    "Failed.",
    "--r",
    "Content-Type: message/delivery-status",
    "",
    "Reporting-MTA: dns; mx.example",
    "",
    "Final-Recipient: rfc822; a@b.example",
    "Status: 5.1.1",
    "--r",
    "Content-Type: message/rfc822",
    "",
    "Message-ID: <o@shop.example>",
    "",
    "x",
    "--r--",
  ),
  calendar: lines(
    ...head,
    "Content-Type: text/calendar; method=REQUEST",
    "",
    "BEGIN:VCALENDAR",
    "METHOD:REQUEST",
    "BEGIN:VEVENT",
    "SUMMARY:Fitting",
    "DTSTART;TZID=W. Europe Standard Time:20261123T100000",
    "DURATION:PT1H",
    'ORGANIZER;CN="Jane: x":mailto:jane@customer.example',
    "END:VEVENT",
    "END:VCALENDAR",
  ),
  nested: lines(
    ...head,
    "Content-Type: multipart/mixed; boundary=m",
    "",
    "--m",
    "Content-Type: message/rfc822",
    "",
    ...head,
    "",
    "inside",
    "--m",
    "Content-Type: application/octet-stream; name=winmail.dat",
    "Content-Transfer-Encoding: base64",
    "",
    "eJ8+IgAA",
    "--m--",
  ),
  uuencoded: lines(...head, "Content-Transfer-Encoding: x-uuencode", "", "begin 644 a.txt", "#0V%T", "`", "end"),
};

const quarter = 25 * 1024 * 1024;
const repeat = (text: string, length: number): string => text.repeat(Math.ceil(length / text.length));

const giants: Readonly<Record<string, () => string>> = {
  "5,000 multiparts deep": () => {
    const open = Array.from(
      { length: 5_000 },
      (_one, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}\r\n`,
    );
    return `From: a@b.example\r\n${open.join("")}\r\ninside`;
  },
  "5,000 mails deep": () => `From: a@b.example\r\n${repeat("Content-Type: message/rfc822\r\n\r\n", 160_000)}x`,
  "20,000 parts": () =>
    `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${repeat("--b\r\n\r\nx\r\n", 180_000)}--b--`,
  "5 MB of headers": () =>
    `${repeat("X-Junk: abcdefghijklmnopqrstuvwxyz\r\n", 5_000_000)}From: a@b.example\r\nSubject: s\r\n\r\nx`,
  "one header of 5 MB": () => `X-Junk: ${repeat("abc def\r\n ", 5_000_000)}\r\nFrom: a@b.example\r\n\r\nx`,
  "a subject of encoded words": () => `From: a@b.example\r\nSubject: ${repeat("=?utf-8?Q?a?= ", 1_000_000)}\r\n\r\nx`,
  "a subject of broken words": () => `From: a@b.example\r\nSubject: ${repeat("=?a?Q?=?", 1_000_000)}\r\n\r\nx`,
  "20,000 recipients": () =>
    `From: a@b.example\r\nTo: ${Array.from({ length: 20_000 }, (_one, number) => `"Name ${number}" <r${number}@x.example>`).join(",\r\n ")}\r\n\r\nx`,
  "addresses that never close": () =>
    `From: a@b.example\r\nTo: ${repeat('"<(', 2_000_000)}\r\nCc: ${repeat('(":a@', 2_000_000)}\r\n\r\nx`,
  "references without end": () => `From: a@b.example\r\nReferences: ${repeat("<a1@b> <", 4_000_000)}\r\n\r\nx`,
  "parameters without end": () =>
    `From: a@b.example\r\nContent-Type: text/plain; ${repeat('a*0*="\\', 500_000)}\r\n\r\nx`,
  "25 MB of text": () => `From: a@b.example\r\n\r\n${repeat("Some words of a long mail, \xe4 again.\r\n", quarter)}`,
  "25 MB in one line": () => `From: a@b.example\r\n\r\n${repeat("abc ", quarter)}`,
  "25 MB of quotes": () =>
    `From: a@b.example\r\nContent-Type: text/plain; format=flowed\r\n\r\n${repeat("> > > >> a \r\n", quarter)}`,
  "25 MB of base64": () =>
    `From: a@b.example\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${repeat("QUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJDQUJD\r\n", quarter)}=`,
  "25 MB of padding": () =>
    `From: a@b.example\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: base64\r\n\r\n${repeat("QQ==\r\n", quarter)}`,
  "25 MB of quoted-printable": () =>
    `From: a@b.example\r\nContent-Type: application/pdf\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n${repeat("=41= \t\t\r\n=E=", quarter)}`,
  "25 MB of dashes": () =>
    `From: a@b.example\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n${repeat("--bb\r\n", quarter)}`,
  "HTML opened only": () =>
    `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${repeat("<div><b><table><td><blockquote>", 4_000_000)}`,
  "HTML closed only": () =>
    `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${repeat("<td>", 400)}${repeat("</b></x></td>", 4_000_000)}`,
  "HTML of attributes": () =>
    `From: a@b.example\r\nContent-Type: text/html\r\n\r\n<p ${repeat("a=b style='color:red' ", 4_000_000)}>`,
  "HTML of half tags": () =>
    `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${repeat("<!--<a <!-", 2_000_000)}${repeat("&amp&lt", 2_000_000)}`,
  "HTML of styles": () =>
    `From: a@b.example\r\nContent-Type: text/html\r\n\r\n${repeat(`<p style="${repeat("color:rgb(", 3_900)}">`, 4_000_000)}`,
  "a calendar without end": () =>
    `From: a@b.example\r\nContent-Type: text/calendar\r\n\r\nBEGIN:VEVENT\r\n${repeat('SUMMARY;a="b;\r\n c:d\r\n', 2_000_000)}`,
};
