import { signApi } from "../../../app/channels/api/signature";
import { json, type MakeProvider } from "../provider";

interface OwnChannel {
  /** Of the app's account. */
  id: string;
  /** What the demo's pages call it. */
  name: string;
  secret: string;
}

interface Message {
  id: string;
  channel: string;
  from: string | null;
  to: string | null;
  text: string;
  files: { name: string; url: string }[];
  at: string;
}

/** A merchant's own channel, as docs/channels/api.md lets one be made: its webhook is at `<origin>/at/own-channel/hook`. */
export const own: MakeProvider = (world) => {
  const memory = world.kept("own", () => ({
    channels: [] as OwnChannel[],
    messages: [] as Message[],
    refused: [] as string[],
  }));
  const { state } = memory;
  const secretOf = (channel: string): string => state.channels.find((one) => one.id === channel)?.secret ?? "";
  const post = (channel: string, event: object): void => {
    const body = JSON.stringify(event);
    void world.webhooks.send(() => {
      const seconds = String(Math.floor(world.clock().getTime() / 1_000));
      const headers = {
        "Content-Type": "application/json",
        "X-Throughline-Timestamp": seconds,
        "X-Throughline-Signature": signApi(secretOf(channel), seconds, body),
      };
      return new Request(`${world.appOrigin}/channels/api/${channel}`, { method: "POST", headers, body });
    });
  };
  return {
    name: "own",
    hosts: ["own-channel"],
    refuse: (status, seconds) =>
      new Response(null, { status, headers: seconds === null ? {} : { "Retry-After": String(seconds) } }),
    async answer(request) {
      const text = await request.text();
      const event = JSON.parse(text) as {
        type: string;
        id: string;
        channel: string;
        to: { id: string };
        text: string;
        files: Message["files"];
      };
      const seconds = request.headers.get("x-throughline-timestamp") ?? "";
      if (request.headers.get("x-throughline-signature") !== signApi(secretOf(event.channel), seconds, text))
        return json({}, 401);
      const known = state.messages.some((one) => one.id === event.id);
      if (event.type === "find") return json({}, known ? 200 : 404);
      if (event.type !== "message" || known) return json({});
      if (state.refused.includes(event.to.id)) return json({}, 422);
      const { id, channel, to, files } = event;
      state.messages.push({
        id,
        channel,
        from: null,
        to: to.id,
        text: event.text,
        files,
        at: world.clock().toISOString(),
      });
      memory.save();
      return json({});
    },
    async control(request) {
      const { pathname, searchParams } = new URL(request.url);
      const body =
        request.method === "GET" ? null : ((await request.json()) as Record<string, string> & { event?: object });
      memory.save();
      if (pathname === "/channels" && body) {
        const made = { id: body["id"] ?? "", name: body["name"] ?? "", secret: body["secret"] ?? "" };
        state.channels = [...state.channels.filter((one) => one.id !== made.id), made];
        return json({});
      }
      if (pathname === "/refused" && body) {
        state.refused.push(body["id"] ?? "");
        return json({});
      }
      if (pathname === "/events" && body) {
        post(body["channel"] ?? "", body.event ?? {});
        return json({});
      }
      if (pathname === "/messages") {
        const who = searchParams.get("with");
        return json({ messages: state.messages.filter((one) => one.from === who || one.to === who) });
      }
      return json({ error: "There is no such control." }, 404);
    },
  };
};
