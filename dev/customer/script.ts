/** What the page does: shows the thread of the chosen person and channel, and sends what they write. Plain JavaScript. */
export const script = `
const $ = (id) => document.getElementById(id);
const chosen = { on: localStorage.getItem("on") || "instagram", who: localStorage.getItem("who"), to: "", about: null };
if (chosen.who && people[chosen.who]) $("who").value = chosen.who;
let shown = "";

async function ask(path, body) {
  const answer = await fetch(path, body ? { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify(body) } : {});
  const said = await answer.json();
  if (!answer.ok) throw new Error(said.error || "That did not work.");
  return said;
}

function element(tag, more, ...children) {
  const made = Object.assign(document.createElement(tag), more);
  made.append(...children.filter(Boolean));
  return made;
}

function bubble(one) {
  const made = element("div", { className: "bubble " + one.by, dir: "auto" }, one.text);
  for (const file of one.files) {
    made.append(file.isImage ? element("img", { src: file.href, alt: file.name }) : element("a", { href: file.href, target: "_blank", rel: "noopener" }, " " + file.name));
  }
  if (one.note) made.append(element("small", {}, one.note));
  if (one.by === "store" && chosen.on !== "voice" && chosen.on !== "sms") {
    made.append(element("button", { type: "button", onclick: () => answering(one) }, "Answer this"));
  }
  return made;
}

function answering(one) {
  chosen.about = one ? one.id : null;
  $("about").hidden = !one;
  $("about").textContent = one ? "Answering: " + (one.note || one.text).slice(0, 80) : "";
  if (one) $("text").focus();
}

async function show(fresh) {
  const { on } = chosen;
  const who = $("who").value;
  localStorage.setItem("on", on);
  localStorage.setItem("who", who);
  for (const one of document.querySelectorAll("[data-on]")) one.setAttribute("aria-pressed", String(one.dataset.on === on));
  const is = people[who];
  $("address").textContent = "from " + (on === "email" ? is.email : ["sms", "voice", "whatsapp"].includes(on) ? is.phone : "@" + is.username);
  $("subject").hidden = on !== "email";
  $("forward").hidden = on !== "email";
  try {
    const state = await ask("/thread?" + new URLSearchParams({ who, on, to: fresh ? "" : chosen.to }));
    if (chosen.on !== on || $("who").value !== who) return;
    chosen.to = state.to;
    const text = JSON.stringify(state);
    if (text === shown) return;
    shown = text;
    $("to").replaceChildren(...state.stores.map((one) => element("option", { value: one.id, selected: one.id === state.to }, one.name)));
    const empty = state.stores.length === 0 ? "The store is not there yet." : "Nothing was said here yet.";
    $("thread").replaceChildren(...(state.bubbles.length ? state.bubbles.map(bubble) : [element("small", {}, empty)]));
    $("thread").scrollTop = $("thread").scrollHeight;
    $("acts").replaceChildren(...state.acts.map((one) => element("button", { type: "button", onclick: () => send(one.act, one.needs) }, one.label)));
  } catch (error) {
    $("problem").textContent = error.message;
  }
}

async function send(act, needs) {
  $("problem").textContent = "";
  const text = $("text").value;
  const [file] = $("file").files;
  const needsText = needs === "text" || (act === "write" && !file);
  if (needsText && !text.trim()) {
    $("problem").textContent = "Write something first.";
    return $("text").focus();
  }
  try {
    const sent = file && { name: file.name, mediaType: file.type || "application/octet-stream", base64: await base64(file) };
    await ask("/say", { who: $("who").value, on: chosen.on, to: chosen.to, text, subject: $("subject").value || null, about: chosen.about, act, file: sent || null });
    $("text").value = "";
    $("file").value = "";
    $("chosen").textContent = "";
    answering(null);
    await show();
  } catch (error) {
    $("problem").textContent = error.message;
  }
}

function base64(file) {
  return new Promise((resolve, reject) => {
    const reader = new FileReader();
    reader.onload = () => resolve(String(reader.result).split(",")[1]);
    reader.onerror = () => reject(new Error("The file could not be read."));
    reader.readAsDataURL(file);
  });
}

for (const one of document.querySelectorAll("[data-on]")) {
  one.onclick = () => { chosen.on = one.dataset.on; answering(null); shown = ""; $("problem").textContent = ""; show(true); };
}
$("who").onchange = () => { answering(null); shown = ""; show(true); };
$("to").onchange = () => { chosen.to = $("to").value; shown = ""; show(); };
$("file").onchange = () => { $("chosen").textContent = $("file").files[0] ? $("file").files[0].name : ""; };
$("form").onsubmit = (event) => { event.preventDefault(); send("write"); };
$("text").onkeydown = (event) => { if (event.key === "Enter" && (event.metaKey || event.ctrlKey)) { event.preventDefault(); send("write"); } };
$("forward-save").onclick = async () => {
  $("problem").textContent = "";
  try {
    await ask("/forward", { address: chosen.to, to: $("forward-to").value });
    $("forward-save").textContent = "Forwarded";
  } catch (error) { $("problem").textContent = error.message; }
};
show(true);
setInterval(() => show(), 1500);
`;
