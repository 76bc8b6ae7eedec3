import { describe, expect, it } from "vitest";
import { readMail } from "~/channels/email/parse/read-mail";
import { from, mail, read } from "./mails";

describe("the headers of a mail", () => {
  it("are read into what the rest of the app asks for", async () => {
    const found = await read(
      "Return-Path: <>",
      "Delivered-To: store@in.example",
      "Delivered-To: support@shop.example",
      'From: "Doe, Jane" <jane@customer.example>',
      "Sender: relay@customer.example",
      "Reply-To: jane@home.example",
      "To: support@shop.example, =?utf-8?Q?J=C3=B6rg?= <joerg@x.example>",
      "Cc: bob@x.example",
      "Message-ID: <1@customer.example>",
      "In-Reply-To: <0@shop.example>",
      "References: <a1@shop.example>",
      " <0@shop.example>",
      "Date: Sun, 22 Nov 2026 02:29:06 +0100",
      "Subject: =?utf-8?B?SsOkY2tldA==?=",
      " is late",
      "X-Auto: =?utf-8?Q?=C3=A4?=",
      "Auto-Submitted: no",
      "",
      "x",
    );
    expect(found).toMatchObject({
      messageId: "1@customer.example",
      inReplyTo: ["0@shop.example"],
      references: ["a1@shop.example", "0@shop.example"],
      from: { name: "Doe, Jane", address: "jane@customer.example" },
      sender: { name: null, address: "relay@customer.example" },
      replyTo: [{ name: null, address: "jane@home.example" }],
      to: [{ address: "support@shop.example" }, { name: "Jörg", address: "joerg@x.example" }],
      cc: [{ address: "bob@x.example" }],
      recipientCount: 3,
      returnPath: "",
      deliveredTo: ["store@in.example", "support@shop.example"],
      date: new Date("2026-11-22T01:29:06Z"),
      subject: "Jäcket is late",
      problems: [],
      unreadable: false,
    });
    expect(found.headers.get("x-auto")).toEqual(["ä"]);
    expect(found.headers.get("delivered-to")).toHaveLength(2);
  });

  it.each([
    ["<>", null],
    ["<@>", null],
    ["", null],
    ["<a1@x>", "a1@x"],
  ])("have an id only where it names a mail: %s", async (value, expected) => {
    expect((await read(from, `Message-ID: ${value}`, "", "x")).messageId).toBe(expected);
  });

  it("are found behind the line of an mbox, broken lines and odd white space", async () => {
    const found = await read(
      "From jane Sun Nov 22 02:29:06 2026",
      from,
      "a line that is no header",
      "Subject : odd",
      "\tgoes on",
      "",
      "x",
    );
    expect([found.from?.address, found.subject, found.text]).toEqual([
      "jane@customer.example",
      "odd\tgoes on".replace("\t", " "),
      "x",
    ]);
  });

  it("end where the text begins, though the blank line is missing", async () => {
    expect(await read(from, "Subject: s", "Where is it?", "Tell me.", "", "Jane")).toMatchObject({
      subject: "s",
      text: "Where is it?\nTell me.\n\nJane",
    });
  });

  it("may be in UTF-8 as they stand, or in what their writer used", async () => {
    expect((await read("From: 用户 <用户@例子.example>", "Subject: 您好", "", "x")).subject).toBe("您好");
    expect((await read(from, "Subject: Gr\xf6\xdfe", "", "x")).subject).toBe("Größe");
  });
});

describe("the text of a mail", () => {
  it("is what its charset and encoding say", async () => {
    const found = await read(
      from,
      "Content-Type: text/plain; charset=iso-8859-1",
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "Gr=F6=",
      "=DFe=20= ",
      "=3D a=ZZ =",
      "",
    );
    expect(found.text).toBe("Größe = a=ZZ");
  });

  it("has its paragraphs in one line when it was flowed, with its quotes and its signature", async () => {
    const text = [
      "Where is ",
      "my jacket?",
      "",
      "> You wrote ",
      "> this.",
      ">> And ",
      "> that.",
      " > not a quote",
      "-- ",
      "Jane ",
    ];
    const flowed = await read(from, "Content-Type: text/plain; format=flowed", "", ...text);
    expect(flowed.text).toBe("Where is my jacket?\n\n> You wrote this.\n>> And\n> that.\n> not a quote\n-- \nJane");
    const joined = await read(from, "Content-Type: text/plain; format=flowed; delsp=yes", "", "日本 ", "語");
    expect(joined.text).toBe("日本語");
  });

  it("is the plain one of two, and the HTML where the plain one only points to it", async () => {
    const two = (text: string, html: string) =>
      read(
        from,
        "Content-Type: multipart/alternative; boundary=b",
        "",
        "--b",
        "",
        text,
        "--b",
        "Content-Type: text/html",
        "",
        html,
        "--b--",
      );
    expect(await two("plain", "<p>html</p>")).toMatchObject({
      text: "plain",
      html: "<p>html</p>",
      textFromHtml: false,
    });
    const stub = await two("Your mail program cannot show HTML.", `<p>${"Words. ".repeat(100)}</p>`);
    expect([stub.textFromHtml, stub.text.startsWith("Words. Words.")]).toEqual([true, true]);
    expect(await two(" \r\n", "<p>html</p>")).toMatchObject({ text: "html", textFromHtml: true });
  });

  it("made of HTML keeps quotes, lists, links and rules", async () => {
    const found = await read(
      from,
      "Content-Type: text/html",
      "",
      '<head><title>t</title></head><div style="display:none">preview</div><p>Hello&nbsp;there,<br>see <a href="https://x.example/a">this</a> or <a href="https://x.example">x.example</a>.</p>',
      "<ul><li>one<li>two</ul><ol><li>first</ol>",
      "<div>On Monday Bob wrote:</div><blockquote><p>Why?</p><blockquote>Because.</blockquote></blockquote><hr><b>From:</b> Bob<pre>  a\n  b</pre>",
    );
    expect(found.text).toBe(
      [
        "Hello there,",
        "see this (https://x.example/a) or x.example.",
        "",
        "• one",
        "• two",
        "",
        "1. first",
        "",
        "On Monday Bob wrote:",
        "",
        "> Why?",
        ">",
        "> > Because.",
        "",
        "________________________________",
        "From: Bob",
        "",
        "  a",
        "  b",
      ].join("\n"),
    );
  });

  it("in several parts is read in their order, with what lies between as files", async () => {
    const found = await read(
      from,
      "Content-Type: multipart/mixed; boundary=b",
      "",
      "--b",
      "",
      "one",
      "--b",
      "Content-Type: image/png",
      "",
      "PNG",
      "--b",
      "",
      "two",
      "--b",
      "Content-Disposition: attachment; filename=a.txt",
      "",
      "file",
      "--b--",
      "after",
    );
    expect(found.text).toBe("one\n\ntwo");
    expect(found.files.map(({ name, mediaType, inline }) => [name, mediaType, inline])).toEqual([
      ["Picture.png", "image/png", false],
      ["a.txt", "text/plain", false],
    ]);
  });

  it("is that of the mail that was forwarded when there is none of its own", async () => {
    const found = await read(
      from,
      "Content-Type: message/rfc822",
      "",
      "From: Bob <bob@x.example>",
      "Subject: Old",
      "",
      "Words of Bob.",
    );
    expect(found.text).toBe(
      "---------- Forwarded message ---------\nFrom: Bob <bob@x.example>\nSubject: Old\n\nWords of Bob.",
    );
    expect(found.attachedMails).toMatchObject([
      { subject: "Old", from: { address: "bob@x.example" }, text: "Words of Bob." },
    ]);
    expect(found.files).toMatchObject([{ name: "Old.eml", from: "message", mediaType: "message/rfc822" }]);
  });
});

describe("files", () => {
  it("stand inside the text where the HTML shows them", async () => {
    const found = await read(
      from,
      "Content-Type: multipart/related; boundary=b",
      "",
      "--b",
      "Content-Type: text/html",
      "",
      '<img src="cid:p%40x"><img src="https://x.example/a.png">',
      "--b",
      "Content-Type: image/png",
      "Content-ID: <p@x>",
      "Content-Transfer-Encoding: base64",
      "",
      "UE5H",
      "--b",
      "Content-Type: image/png",
      "Content-ID: <unused@x>",
      "",
      "PNG",
      "--b--",
    );
    expect(found.hasRemoteImages).toBe(true);
    expect(found.files.map(({ contentId, inline }) => [contentId, inline])).toEqual([
      ["p@x", true],
      ["unused@x", false],
    ]);
    expect(Buffer.from(found.files[0]?.content ?? []).toString()).toBe("PNG");
  });

  it.each([
    ["Content-Disposition: attachment; filename*=utf-8''%e2%82%ac.pdf", "€.pdf"],
    ['Content-Disposition: attachment; filename="../../etc/passwd"', "passwd"],
    ['Content-Disposition: attachment; filename="C:\\temp\\a.pdf"', "a.pdf"],
    ['Content-Disposition: attachment; filename="a\u202efdp.exe"', "a fdp.exe"],
    ['Content-Disposition: attachment; filename="..."', "Document.pdf"],
    ["Content-Disposition: attachment", "Document.pdf"],
  ])("have a name: %s", async (header, expected) => {
    expect((await read(from, "Content-Type: application/pdf", header, "", "x")).files[0]?.name).toBe(expected);
  });

  it.each([
    ["base64", "UE5H\r\nUE5H", "PNGPNG"],
    ["base64", "UE5H!*UE5", "PNGPN"],
    ["base64", "UA==\r\nTg==\r\nRw==", "PNG"],
    ["base64", "UE5HCg== added by a list", "PNG\n"],
    ["quoted-printable", "P=4eG=", "PNG"],
    ["x-uuencode", "begin 644 a.png\r\n#4$Y'\r\n`\r\nend", "PNG"],
    ["8bit", "PNG", "PNG"],
    ["nonsense", "PNG", "PNG"],
  ])("are decoded: %s %s", async (encoding, body, expected) => {
    const found = await read(from, "Content-Type: image/png", `Content-Transfer-Encoding: ${encoding}`, "", body);
    expect(Buffer.from(found.files[0]?.content ?? []).toString("latin1")).toBe(expected);
  });
});

describe("boundaries", () => {
  it.each([
    [
      "one that never closes",
      ["Content-Type: multipart/mixed; boundary=b", "", "--b", "", "one", "--b", "", "two"],
      "one\n\ntwo",
    ],
    [
      "one that begins like another",
      [
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: multipart/mixed; boundary=bb",
        "",
        "--bb",
        "",
        "one",
        "--bb--",
        "--b",
        "",
        "two",
        "--b--",
      ],
      "one\n\ntwo",
    ],
    [
      "an inner one that never closes",
      [
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: multipart/mixed; boundary=c",
        "",
        "--c",
        "",
        "one",
        "--b",
        "",
        "two",
        "--b--",
      ],
      "one\n\ntwo",
    ],
    [
      "the same within itself",
      [
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "Content-Type: multipart/mixed; boundary=b",
        "",
        "--b",
        "",
        "one",
        "--b--",
        "--b",
        "",
        "two",
      ],
      "one\n\ntwo",
    ],
    [
      "white space behind it",
      ["Content-Type: multipart/mixed; boundary=b", "", "--b \t", "", "one", "--b-- ", "rest"],
      "one",
    ],
    [
      "dashes in the text",
      ["Content-Type: multipart/mixed; boundary=b", "", "--b", "", "--", "--bc", "-- b", "--b--"],
      "--\n--bc\n-- b",
    ],
    [
      "one that closes with its own dashes",
      ["Content-Type: multipart/mixed; boundary=b--", "", "--b--", "", "one", "--b----"],
      "one",
    ],
    ["none in the header", ["Content-Type: multipart/mixed", "", "words"], "words"],
    ["one that does not come", ["Content-Type: multipart/mixed; boundary=b", "", "words"], "words"],
    [
      "headers of a part that run into the next",
      ["Content-Type: multipart/mixed; boundary=b", "", "--b", "X-A: 1", "--b", "", "one", "--b--"],
      "one",
    ],
    ["no headers in a part", ["Content-Type: multipart/mixed; boundary=b", "", "--b", "", "one", "--b--"], "one"],
  ])("are understood: %s", async (_name, lines, expected) => {
    expect((await read(from, ...lines)).text).toBe(expected);
    expect(
      (
        await readMail(
          Buffer.from(
            mail(from, ...lines)
              .toString()
              .replaceAll("\r\n", "\n"),
          ),
        )
      ).text,
    ).toBe(expected);
    expect(
      (
        await readMail(
          Buffer.from(
            mail(from, ...lines)
              .toString()
              .replaceAll("\r\n", "\r"),
          ),
        )
      ).text,
    ).toBe(expected);
  });
});

describe("what is broken", () => {
  it.each([
    ["nothing at all", ""],
    ["only white space", "\r\n\r\n"],
    ["bytes", "\x00\xff\xfe\x80\r\n\x00"],
    ["a page", "<html><body>hello</body></html>"],
  ])("is unreadable and throws nothing: %s", async (_name, text) => {
    const found = await readMail(Buffer.from(text, "latin1"));
    expect([found.unreadable, found.from]).toEqual([true, null]);
    expect(found.problems).not.toEqual([]);
  });

  it("loses what cannot be seen and nothing else", async () => {
    expect((await read(from, "Subject: a\x00b", "", "a\x00b\x07c\td")).text).toBe("abc\td");
  });
});

describe("what is too much", () => {
  it("is left out, and said: parts", async () => {
    const parts = Array.from({ length: 20_000 }, (_one, number) => `--b\r\n\r\n${number}\r\n`).join("");
    const found = await read(from, "Content-Type: multipart/mixed; boundary=b", "", parts, "--b--");
    expect(found.problems).toEqual(["Only the first 1000 parts were read."]);
    expect(found.text.split("\n\n")).toHaveLength(999);
  });

  it("is left out, and said: depth", async () => {
    const open = Array.from(
      { length: 5_000 },
      (_one, level) => `Content-Type: multipart/mixed; boundary=b${level}\r\n\r\n--b${level}`,
    );
    const found = await read(from, ...open, "", "inside");
    expect(found.problems).toEqual(["Parts that lie more than 50 levels deep were not read."]);
    expect(found.files).toHaveLength(1);
  });

  it("is left out, and said: headers, of which the important ones are read at any place", async () => {
    const found = await read(
      `${"X-Junk: abcdefghijklmnopqrstuvwxyz\r\n".repeat(100_000)}From: jane@customer.example`,
      "Subject: s",
      "X-After: 1",
      "",
      "words",
    );
    expect(found).toMatchObject({ subject: "s", text: "words", from: { address: "jane@customer.example" } });
    expect(found.headers.has("x-after")).toBe(false);
    expect(found.problems).toEqual(["The headers are too long: only the most important ones were read."]);
  });

  it("is left out, and said: text", async () => {
    const found = await read(from, "", "Some words of a long mail.\r\n".repeat(400_000));
    expect(found.text.length).toBeLessThanOrEqual(1_000_000);
    expect(found.problems).toEqual(["The text is too long to be shown whole."]);
  });

  it("lets others have their turn", async () => {
    let turns = 0;
    const others = setInterval(() => {
      turns += 1;
    }, 1);
    await read(from, "Content-Type: text/html", "", "<p>Some <b>words</b> of a long mail.</p>\r\n".repeat(100_000));
    clearInterval(others);
    expect(turns).toBeGreaterThan(0);
  });
});
