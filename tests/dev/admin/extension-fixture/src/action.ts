import { h, render } from "preact";
import { useState } from "preact/hooks";

interface Api {
  data: { selected: { id: string }[] };
  close(): void;
  toast: { show(message: string): void };
}

function Action({ api }: { api: Api }) {
  const [text, setText] = useState("");
  const [sent, setSent] = useState("");
  const send = async () => {
    const body = JSON.stringify({ customer: api.data.selected[0]?.id, text });
    const answer = await fetch("/record", { method: "POST", headers: { "Content-Type": "application/json" }, body });
    setSent(((await answer.json()) as { said: string }).said);
    api.toast.show("Sent");
  };
  return h(
    "s-admin-action",
    { heading: "Write first" },
    h("s-text-area", {
      label: "Message",
      value: text,
      error: text === "bad" ? "Not like this" : "",
      onInput: (event: { currentTarget: { value: string } }) => setText(event.currentTarget.value),
    }),
    h("s-text", {}, sent),
    h("s-button", { slot: "primary-action", variant: "primary", disabled: text === "", onClick: send }, "Send"),
    h("s-button", { slot: "secondary-actions", onClick: () => api.close() }, "Cancel"),
  );
}

export default function start(): void {
  const { shopify } = window as unknown as { shopify: Api };
  render(h(Action, { api: shopify }), document.body);
}
