import type { Account } from "~/channels/channel";
import { describeAdapter } from "./channel-adapter";
import { delivered, metaContract, told } from "./meta";

const fact = (facts: object) => (account: Account) => delivered("whatsapp", account, facts);
const message = (more: object) => fact({ messages: [{ from: "4520111003", timestamp: "1763800000", ...more }] });

describeAdapter(
  metaContract("whatsapp", {
    findable: "by receipt",
    tooLong: 4_097,
    receipt: told("whatsapp"),
    emptyId: message({ id: "", type: "text", text: { body: "no id" } }),
    unknownKind: message({ id: "wamid.new", type: "hologram", hologram: { id: "1" } }),
    strange: {
      "a message without a type": message({ id: "wamid.1" }),
      "nobody who wrote": fact({ messages: [{ id: "wamid.2", type: "text", text: { body: "x" } }] }),
      "an id of WhatsApp's for a number": fact({
        messages: [{ from_user_id: "DK.1", id: "wamid.3", type: "text", text: { body: "x" } }],
      }),
      "a time that is none": message({ id: "wamid.4", timestamp: "soon", type: "text", text: { body: "x" } }),
      "a null and half a letter": message({ id: "wamid.5", type: "text", text: { body: "a\u0000b\ud800" } }),
      "media with a way out for an id": message({ id: "wamid.6", type: "image", image: { id: "../../me" } }),
      "a form that is no JSON": message({
        id: "wamid.7",
        type: "interactive",
        interactive: { type: "nfm_reply", nfm_reply: { response_json: "{" } },
      }),
      "a status that is new": fact({ statuses: [{ id: "wamid.8", status: "pondered" }] }),
      "a status of nobody's message": fact({ statuses: [{ id: "wamid.9", status: "read", timestamp: "1763800000" }] }),
      "an error of the number": fact({ errors: [{ code: 131031, title: "Account has been locked" }] }),
      "a field that is new": fact({ levitations: [{ id: "1" }] }),
      "letters for a number": message({ id: "wamid.10", from: "somebody", type: "text", text: { body: "x" } }),
    },
  }),
);
