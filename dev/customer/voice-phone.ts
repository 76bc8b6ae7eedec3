import type { LocalProviders } from "../providers/start";
import type { Bubble, Phone, Said } from "./phone";

interface Call {
  sid: string;
  from: string;
  to: string;
  direction: string;
  status: string;
  heard: string[];
  waiting: { kind: string };
  hold: boolean;
  place: number | null;
  with: string[];
}

const over = ["completed", "busy", "failed", "no-answer", "canceled"];

/** A telephone in a customer's hand, and one on an agent's desk that the app can ring. */
export function voicePhone(providers: LocalProviders, numbers: readonly { id: string; name: string }[]): Phone {
  const ask = async <Answer>(path: string, body?: object): Promise<Answer> => {
    const answer = await providers.control("twilio", path, body);
    const said = (await answer.json()) as Answer & { error?: string };
    if (!answer.ok) throw new Error(said.error ?? "The call did not go through.");
    return said;
  };
  const calls = async () => (await ask<{ calls: Call[] }>("/calls")).calls;
  return {
    on: "voice",
    label: "Phone",
    acts: [
      { act: "call", label: "Call the store" },
      { act: "answer", label: "Pick up" },
      { act: "press", label: "Press the key", needs: "text" },
      { act: "speak", label: "Speak after the tone", needs: "text" },
      { act: "hang-up", label: "Hang up" },
      { act: "agent-answer", label: "Agent’s phone: answer" },
      { act: "agent-press", label: "Agent’s phone: press 1" },
      { act: "agent-decline", label: "Agent’s phone: decline" },
      { act: "agent-hang-up", label: "Agent’s phone: hang up" },
    ],
    stores: async () => [...numbers],
    async thread(me) {
      const mine = (await calls()).filter(
        (one) => one.from === me.phone || one.to === me.phone || isAgents(one, me.phone),
      );
      return mine.flatMap(bubblesOf);
    },
    async say(me, store, said) {
      if (said.act === "call" || said.act === "write") {
        return void (await ask("/calls", { from: me.phone, to: store, verstat: "TN-Validation-Passed-A" }));
      }
      const agents = said.act.startsWith("agent-");
      const found = (await calls()).findLast(
        (one) =>
          !over.includes(one.status) &&
          (agents ? isAgents(one, me.phone) : one.from === me.phone || one.to === me.phone),
      );
      if (!found) throw new Error(agents ? "No phone of an agent rings." : "There is no call under way.");
      await ask(`/calls/${found.sid}/${said.act.replace("agent-", "")}`, given(said, agents));
    },
  };

  /** What the app rings is a phone of the team, unless it is the customer who is called. */
  function isAgents(one: Call, phone: string): boolean {
    return one.direction === "outbound-api" && one.to !== phone;
  }
}

function given({ act, text }: Said, agents: boolean): object {
  if (act.endsWith("press")) return { key: agents ? "1" : text };
  return act === "speak" ? { text, seconds: Math.max(2, Math.ceil(text.length / 15)) } : {};
}

function bubblesOf(call: Call): Bubble[] {
  const at = new Date().toISOString();
  const on = call.direction === "inbound" ? "You called the store" : `${call.to} is rung`;
  const now = [
    call.status,
    call.place === null ? null : `place ${call.place} in the queue`,
    call.hold ? "on hold" : null,
    call.with.length > 0 ? "talking" : null,
    call.waiting.kind === "key" ? "waits for a key" : null,
    call.waiting.kind === "message" ? "after the tone" : null,
  ];
  return [
    { id: call.sid, by: "me", text: on, at, note: now.filter(Boolean).join(" · "), files: [] },
    ...call.heard.map(
      (text, index): Bubble => ({ id: `${call.sid}-${index}`, by: "store", text, at, note: null, files: [] }),
    ),
  ];
}
