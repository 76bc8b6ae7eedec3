import { set } from "../loader/storage";
import type { ConfirmAnswer, Loader } from "../protocol";
import { empty, type Model, withState } from "./model";
import type { Texts } from "./texts";

/** What the requests need of the store. */
interface Asking {
  loader: Loader;
  texts: Texts;
  model(): Model;
  change(model: Model): void;
  /** Opens the line anew. */
  again(): void;
}

/** What a shopper tells the app besides messages. Each gives "" or a sentence to show when it was not taken. */
export function requests({ loader, texts, model, change, again }: Asking) {
  const post = (path: string, body: object): Promise<Response | null> => loader.call(path, body).catch(() => null);
  const refusal = (response: Response | null): string => (response?.status === 429 ? texts.wait : texts.failed);

  return {
    /** Keeps an e-mail address to answer to. */
    async contact(email: string): Promise<string> {
      const response = await post("/storefront/contact", { email });
      if (!response?.ok) return response?.status === 422 ? texts.email_invalid : texts.wait;
      change({ ...model(), visitor: { ...model().visitor, hasEmail: true } });
      return "";
    },

    /** Says how the chat was, one to five, with a word or none. */
    async rate(rating: number, comment: string): Promise<string> {
      const { conversation } = model();
      if (!conversation) return texts.failed;
      const body = { conversationId: conversation.id, score: rating, comment };
      const response = await post("/storefront/rating", body);
      if (!response?.ok) return refusal(response);
      change({ ...model(), conversation: { ...conversation, rating } });
      return "";
    },

    /** Asks for a code to be mailed to the address. */
    async requestCode(email: string): Promise<string> {
      const response = await post("/storefront/verify", { act: "request", email, locale: loader.host.lang });
      if (response?.ok) return "";
      return response?.status === 422 ? texts.email_invalid : refusal(response);
    },

    /** Proves the address with the code; this browser then shows all chats of the person. */
    async confirmCode(code: string): Promise<string> {
      const response = await post("/storefront/verify", { act: "confirm", code });
      if (!response?.ok) return response?.status === 422 ? texts.confirm_wrong : refusal(response);
      const { key, ...state } = (await response.json()) as ConfirmAnswer;
      let { unsent } = model();
      if (key) {
        // Somebody else had proven to be here: what they did not send, and the cart that they showed, are not this one's.
        unsent = [];
        set("localStorage", "key", key);
        for (const name of ["pass", "draft", "shown"]) set("sessionStorage", name, null);
        await loader.session(true).catch(() => null);
      }
      change(withState({ ...empty, unsent }, state, true));
      // Who hears what is settled when the line is opened.
      again();
      return "";
    },
  };
}
