import type { MakeProvider } from "../provider";
import { refuse } from "./errors";
import { GraphApi } from "./graph-api";
import { Shopper } from "./shopper";
import { firstState, type State } from "./state";
import { Teller } from "./tell";

/** Meta: the Graph API, its storage of files, its webhooks, and shoppers on Instagram, Messenger and WhatsApp. */
export const meta: MakeProvider = (around) => {
  const kept = around.kept<State>("meta", firstState);
  const teller = new Teller(kept.state, around);
  const api = new GraphApi(kept.state, teller, around);
  const shopper = new Shopper(kept.state, teller, around);
  return {
    name: "meta",
    hosts: ["graph.facebook.com", "graph.instagram.com", "lookaside.fbsbx.com", "*.fbcdn.net", "*.cdninstagram.com"],
    async answer(request) {
      const host = new URL(request.url).hostname;
      const answer = host.startsWith("graph.") ? await api.answer(request) : file(kept.state, request);
      kept.save();
      return answer;
    },
    refuse,
    async control(request) {
      const answer = await shopper.control(request);
      kept.save();
      return answer;
    },
  };
};

/** WhatsApp's storage wants the token of the number; Messenger's addresses are open to whoever knows them. */
function file(state: State, request: Request): Response {
  const url = new URL(request.url);
  const id = url.searchParams.get("mid") ?? url.pathname.split("/").at(-1) ?? "";
  if (url.hostname === "lookaside.fbsbx.com") {
    const token = (request.headers.get("authorization") ?? "").replace(/^Bearer /, "");
    if (!state.numbers.some((one) => one.token === token)) return new Response(null, { status: 401 });
  }
  const media = state.media[id];
  if (!media) return new Response(null, { status: 404 });
  return new Response(Buffer.from(media.base64, "base64"), { headers: { "Content-Type": media.mediaType } });
}
