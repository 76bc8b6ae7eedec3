const lines = (...all: string[]): string => all.join("\r\n");

const words =
  "Hello, I ordered the blue jacket in size M two weeks ago and it has not arrived yet. The tracking page says that it was handed over to the carrier on Monday, but nothing has changed since then. Could you please look into it? Thank you very much for your help.";

const headers = (...more: string[]): string =>
  lines(
    "Return-Path: <jane@customer.example>",
    "Delivered-To: support@shop.example",
    "Received: from mail.customer.example (mail.customer.example [192.0.2.7]) by in.shop.example with ESMTPS id 4Bx1\r\n for <support@shop.example>; Sun, 22 Nov 2026 02:29:06 +0000 (UTC)",
    "DKIM-Signature: v=1; a=rsa-sha256; c=relaxed/relaxed; d=customer.example; s=2026;\r\n h=from:to:subject:date; bh=47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=;\r\n b=dGhpcyBpcyBub3QgYSByZWFsIHNpZ25hdHVyZSBidXQgaXMgYXMgbG9uZyBhcyBvbmUgd291bGQgYmU=",
    "From: =?utf-8?Q?J=C3=A4ne_Doe?= <jane@customer.example>",
    "To: Northwind Support <support@shop.example>",
    "Subject: Re: =?utf-8?B?V2hlcmUgaXMgbXkgasOkY2tldD8=?=",
    "Date: Sun, 22 Nov 2026 02:29:06 +0100",
    "Message-ID: <CAF1x2y3z@mail.customer.example>",
    "In-Reply-To: <2.abc@shop.example>",
    "References: <1.abc@shop.example> <2.abc@shop.example>",
    "MIME-Version: 1.0",
    ...more,
  );

const quote = (text: string, depth: number): string =>
  Array.from({ length: 12 }, () => `${"> ".repeat(depth)}${text.slice(0, 70)}`).join("\r\n");

const plain = lines(
  headers("Content-Type: text/plain; charset=utf-8; format=flowed"),
  "",
  words.replace(/(.{60,72}) /g, "$1 \r\n"),
  "",
  "On 20 Nov 2026, Northwind wrote:",
  quote(words, 1),
  quote(words, 2),
);

const gmailHtml = `<div dir="ltr"><p>${words}</p><p>${words}</p></div><br><div class="gmail_quote"><div dir="ltr" class="gmail_attr">On Fri, Nov 20, 2026 Northwind &lt;<a href="mailto:support@shop.example">support@shop.example</a>&gt; wrote:<br></div><blockquote class="gmail_quote" style="margin:0px 0px 0px 0.8ex;border-left:1px solid rgb(204,204,204);padding-left:1ex">${`<div style="color:#333;font-family:Arial,sans-serif">${words} <a href="https://shop.example/orders/1001">#1001</a></div>`.repeat(4)}</blockquote></div>`;

const gmail = lines(
  headers('Content-Type: multipart/alternative; boundary="000000000000a1b2c3"'),
  "",
  "--000000000000a1b2c3",
  'Content-Type: text/plain; charset="UTF-8"',
  "",
  words,
  "",
  "On Fri, Nov 20, 2026 Northwind wrote:",
  quote(words, 1),
  "",
  "--000000000000a1b2c3",
  'Content-Type: text/html; charset="UTF-8"',
  "Content-Transfer-Encoding: quoted-printable",
  "",
  soft(gmailHtml),
  "",
  "--000000000000a1b2c3--",
  "",
);

const outlookHtml = `<html xmlns:o="urn:schemas-microsoft-com:office:office"><head><style><!-- p.MsoNormal {margin:0cm} --></style></head><body lang="EN-GB"><div class="WordSection1">${`<p class="MsoNormal" style="mso-fareast-language:EN-US"><span style="font-size:11.0pt;font-family:&quot;Calibri&quot;,sans-serif">${words}<o:p></o:p></span></p>`.repeat(24)}<img width="120" height="40" src="cid:image001.png@01DA"></div></body></html>`;

const picture = Buffer.alloc(60_000, "northwind").toString("base64").replace(/.{76}/g, "$&\r\n");

const outlook = lines(
  headers('Content-Type: multipart/related; boundary="_004_A"; type="text/html"'),
  "",
  "--_004_A",
  'Content-Type: text/html; charset="iso-8859-1"',
  "Content-Transfer-Encoding: quoted-printable",
  "",
  soft(outlookHtml),
  "--_004_A",
  'Content-Type: image/png; name="image001.png"',
  'Content-Disposition: inline; filename="image001.png"',
  "Content-ID: <image001.png@01DA>",
  "Content-Transfer-Encoding: base64",
  "",
  picture,
  "--_004_A--",
  "",
);

const photo = Buffer.alloc(750_000, "jacket").toString("base64").replace(/.{76}/g, "$&\r\n");

const phone = lines(
  headers("Content-Type: multipart/mixed; boundary=Apple-Mail-1"),
  "",
  "--Apple-Mail-1",
  "Content-Type: text/plain; charset=us-ascii",
  "",
  words,
  "",
  "Sent from my iPhone",
  "--Apple-Mail-1",
  "Content-Type: image/jpeg; name=IMG_1.jpeg",
  "Content-Disposition: inline; filename=IMG_1.jpeg",
  "Content-Transfer-Encoding: base64",
  "",
  photo,
  "--Apple-Mail-1--",
  "",
);

function soft(html: string): string {
  return html.replaceAll("=", "=3D").replace(/.{72}/g, "$&=\r\n");
}

/** Mails as a shop gets them, each with how many of twenty are like it. */
export function ordinaryMails(): { name: string; share: number; bytes: Buffer }[] {
  const of = (name: string, share: number, text: string) => ({ name, share, bytes: Buffer.from(text, "utf8") });
  return [
    of("plain text with quotes", 6, plain),
    of("text and HTML, as Gmail writes them", 9, gmail),
    of("HTML and a picture, as Outlook writes them", 4, outlook),
    of("a photo from a phone, 1 MB", 1, phone),
  ];
}
