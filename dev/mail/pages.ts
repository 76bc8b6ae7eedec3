import type { CaughtMail } from "./caught-mail";

/** The list of caught mails, newest first; `to` is what the search box holds. */
export function listPage(input: { mails: CaughtMail[]; to: string; nonce: string }): string {
  const { mails, to, nonce } = input;
  const note =
    to === ""
      ? "Nothing was mailed yet. Whatever the local shops and the app send ends up here, and nowhere else."
      : `No mail went to an address with “${escapeHtml(to)}” in it.`;
  const body =
    mails.length > 0
      ? `<nav class="list" aria-label="Mails">${mails.map(row).join("")}</nav>`
      : `<p class="empty">${note}</p>`;
  return page({
    title: "Caught mail",
    to,
    newest: mails[0]?.id ?? "",
    watch: true,
    nonce,
    body: `<main class="one">${body}</main>`,
  });
}

/** One mail with the list beside it. */
export function mailPage(input: { mail: CaughtMail; mails: CaughtMail[]; nonce: string }): string {
  const { mail, mails, nonce } = input;
  const base = `/messages/${mail.id}`;
  const facts: [string, string][] = [
    ["From", mail.from],
    ["To", mail.to.join(", ") || "(nobody named)"],
    ...(mail.cc.length > 0 ? ([["Cc", mail.cc.join(", ")]] as [string, string][]) : []),
    ...(mail.replyTo.length > 0 ? ([["Reply to", mail.replyTo.join(", ")]] as [string, string][]) : []),
    ["Delivered to", mail.envelope.to.join(", ")],
    ["Caught", when(mail.receivedAt)],
  ];
  const attachments = mail.attachments
    .map(
      (each) =>
        `<li><a href="${base}/attachments/${each.index}">${escapeHtml(each.filename)}</a> <small>${escapeHtml(each.mimeType)}, ${size(each.bytes)}</small></li>`,
    )
    .join("");
  const html =
    mail.html === null
      ? ""
      : `<iframe title="The mail as it looks" src="${base}/html" sandbox="allow-popups allow-popups-to-escape-sandbox"></iframe>`;
  const plain = mail.text === null ? "" : `<pre>${escapeHtml(mail.text)}</pre>`;
  const article = `<article>
    <h1>${escapeHtml(mail.subject) || "(no subject)"}</h1>
    <dl>${facts.map(([name, value]) => `<dt>${name}</dt><dd dir="auto">${escapeHtml(value)}</dd>`).join("")}</dl>
    ${attachments ? `<h2>Attachments</h2><ul class="files">${attachments}</ul>` : ""}
    ${html || plain || '<p class="empty">This mail has no text.</p>'}
    ${html && plain ? `<details><summary>Text part</summary>${plain}</details>` : ""}
    <details><summary>All headers</summary><table>${mail.headers.map((each) => `<tr><th scope="row">${escapeHtml(each.name)}</th><td>${escapeHtml(each.value)}</td></tr>`).join("")}</table></details>
    <p class="raw"><a href="${base}/raw">Raw mail</a></p>
  </article>`;
  const list = `<nav class="list" aria-label="Mails">${mails.map((each) => row(each, mail.id)).join("")}</nav>`;
  return page({
    title: mail.subject || "(no subject)",
    to: "",
    newest: mails[0]?.id ?? "",
    watch: false,
    nonce,
    body: `<main class="two">${list}${article}</main>`,
  });
}

function row(mail: CaughtMail, current?: unknown): string {
  const open = mail.id === current ? ' aria-current="page"' : "";
  const line = (mail.text ?? "").replace(/\s+/g, " ").trim().slice(0, 110);
  const files = mail.attachments.length;
  const clip = files > 0 ? ` <small>+ ${files} ${files === 1 ? "file" : "files"}</small>` : "";
  return `<a href="/messages/${mail.id}"${open}><span class="to" dir="auto">${escapeHtml(mail.envelope.to.join(", "))}</span><time datetime="${mail.receivedAt}">${when(mail.receivedAt)}</time><strong dir="auto">${escapeHtml(mail.subject) || "(no subject)"}${clip}</strong><span class="line" dir="auto">${escapeHtml(line)}</span></a>`;
}

function page(input: {
  title: string;
  to: string;
  newest: string;
  watch: boolean;
  nonce: string;
  body: string;
}): string {
  return `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>${escapeHtml(input.title)}</title><link rel="icon" href="data:,"><style nonce="${input.nonce}">${STYLE}</style></head>
<body><header><a class="brand" href="/">✉ Caught mail</a><form role="search" action="/"><label for="to">Sent to</label><input id="to" name="to" type="search" value="${escapeHtml(input.to)}" placeholder="name@example.com"><button>Search</button></form><span class="live" role="status" data-newest="${input.newest}"></span></header>${input.body}
<script nonce="${input.nonce}">${watcher(input.watch)}</script></body></html>`;
}

/** The list shows a new mail by itself; a mail that is being read is not pulled away, the header says so instead. */
function watcher(reload: boolean): string {
  return `const live=document.querySelector(".live");setInterval(async()=>{try{const answer=await fetch("/messages.json?limit=1");const [mail]=(await answer.json()).messages;if(!mail||mail.id===live.dataset.newest)return;${
    reload ? 'if(document.activeElement?.id!=="to")location.reload()' : 'live.textContent="New mail"'
  }}catch{live.textContent="The mail catcher has stopped"}},2000);`;
}

function when(iso: string): string {
  return `${iso.slice(0, 10)} ${iso.slice(11, 19)} UTC`;
}

function size(bytes: number): string {
  if (bytes < 1000) return `${bytes} B`;
  return bytes < 1_000_000 ? `${(bytes / 1000).toFixed(1)} kB` : `${(bytes / 1_000_000).toFixed(1)} MB`;
}

function escapeHtml(value: string): string {
  return value.replace(/[&<>"']/g, (char) => `&#${char.charCodeAt(0)};`);
}

const STYLE = `
:root{color-scheme:light dark;--ink:#1f2328;--soft:#626a73;--paper:#fff;--wash:#f4f2ee;--line:#e2ded6;--accent:#0b6e5b}
@media (prefers-color-scheme:dark){:root{--ink:#e8e6e1;--soft:#a3a9b0;--paper:#1d2024;--wash:#15171a;--line:#33373d;--accent:#5fc7ae}}
*{box-sizing:border-box}body{margin:0;font:15px/1.5 system-ui,sans-serif;color:var(--ink);background:var(--wash)}
header{position:sticky;top:0;display:flex;flex-wrap:wrap;gap:8px 24px;align-items:center;padding:10px 20px;background:var(--paper);border-bottom:1px solid var(--line);z-index:1}
.brand{font-weight:700;font-size:17px;color:var(--ink);text-decoration:none}form{display:flex;gap:8px;align-items:center}label{color:var(--soft)}
input,button{font:inherit;padding:6px 10px;border:1px solid var(--line);border-radius:8px;background:var(--paper);color:inherit;min-width:0}button{cursor:pointer}
.live{color:var(--accent);font-weight:600}:focus-visible{outline:3px solid var(--accent);outline-offset:1px}
.one{max-width:880px;margin:24px auto;padding:0 16px}.two{display:grid;grid-template-columns:minmax(260px,360px) 1fr;min-height:calc(100vh - 60px)}
.list{background:var(--paper)}.one .list{border:1px solid var(--line);border-radius:12px;overflow:hidden}.two .list{border-inline-end:1px solid var(--line)}
.list a{display:grid;grid-template-columns:1fr auto;gap:0 12px;padding:12px 16px;color:inherit;text-decoration:none;border-bottom:1px solid var(--line)}
.list a:hover{background:var(--wash)}.list a[aria-current]{background:var(--wash);box-shadow:inset 3px 0 var(--accent)}
.to{overflow:hidden;text-overflow:ellipsis;white-space:nowrap}time,.line,small,dt,th{color:var(--soft)}time{font-size:12px;padding-top:3px}.list strong,.line{grid-column:1/-1;overflow:hidden;text-overflow:ellipsis;white-space:nowrap}
.two .list a{grid-template-columns:1fr}article{padding:24px clamp(16px,3vw,40px);min-width:0}h1{margin:0 0 16px;font-size:24px;line-height:1.25;overflow-wrap:anywhere}h2{font-size:15px}
dl{display:grid;grid-template-columns:auto 1fr;gap:2px 16px;margin:0 0 20px}dd{margin:0;overflow-wrap:anywhere}
iframe{width:100%;height:60vh;border:1px solid var(--line);border-radius:12px;background:#fff}pre{padding:16px;border:1px solid var(--line);border-radius:12px;background:var(--paper);white-space:pre-wrap;overflow-wrap:anywhere;font:14px/1.55 ui-monospace,monospace}
details{margin:16px 0}summary{cursor:pointer;font-weight:600}table{border-collapse:collapse;width:100%;font-size:13px}th,td{text-align:start;vertical-align:top;padding:5px 10px;border-bottom:1px solid var(--line);overflow-wrap:anywhere}th{font-weight:500;white-space:nowrap}
.files{padding-inline-start:20px}a{color:var(--accent)}.empty{padding:48px 16px;text-align:center;color:var(--soft)}
@media (max-width:760px){.two{display:block}.two .list{display:none}}
`;
