import type { Person } from "./people";
import type { Phone } from "./phone";
import { script } from "./script";
import { style } from "./style";

/** The page itself; everything on it that changes is read by its script. */
export function page(input: { people: readonly Person[]; phones: readonly Phone[]; nonce: string }): string {
  const { people, phones, nonce } = input;
  return `<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1">
<title>Be the customer</title><style nonce="${nonce}">${style}</style></head>
<body>
<header><h1>Be the customer</h1>
<p>What you send here reaches the app the way a real customer’s messages do.</p>
<label>You are <select id="who">${people
    .map((one) => `<option value="${escapeHtml(one.id)}">${escapeHtml(`${one.name}, ${one.note}`)}</option>`)
    .join("")}</select></label></header>
<main>
<nav aria-label="Channels">${phones
    .map((one) => `<button type="button" data-on="${one.on}">${escapeHtml(one.label)}</button>`)
    .join("")}</nav>
<section class="phone" aria-label="Phone">
<div class="top"><label>To <select id="to"></select></label><span id="address"></span></div>
<div id="thread" role="log" aria-live="polite" tabindex="0"></div>
<form id="form">
<input id="subject" placeholder="Subject" aria-label="Subject" hidden>
<p id="about" hidden></p>
<textarea id="text" rows="2" placeholder="Write a message" aria-label="Message"></textarea>
<div class="row"><label class="file">Attach<input id="file" type="file"></label><span id="chosen"></span><button type="submit">Send</button></div>
<p id="problem" role="alert"></p>
<div id="acts" class="acts"></div>
<div id="forward" class="forward" hidden><p>Your mail provider’s forwarding: mail to the store’s address goes on to the address that Settings, Channels shows.</p>
<div class="row"><input id="forward-to" type="email" placeholder="…@in.throughline.example" aria-label="Forward to"><button type="button" id="forward-save">Forward</button></div></div>
</form>
</section>
</main>
<script nonce="${nonce}">const people = ${JSON.stringify(Object.fromEntries(people.map(({ id, email, phone, username }) => [id, { email, phone, username }]))).replaceAll("<", "\\u003c")};
${script}</script></body></html>`;
}

function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (one) => `&#${one.charCodeAt(0)};`);
}
