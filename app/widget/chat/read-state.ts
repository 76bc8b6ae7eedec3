import type { Loader, MessageView, StateAnswer } from "../protocol";

/** Where a message stands. */
export type Place = Pick<MessageView, "conversationId" | "position">;

/** A request without an answer is given up after this long. Older browsers wait for as long as they always did. */
export const answerWithin = (): AbortSignal | null => AbortSignal.timeout?.(15_000) ?? null;

/** The chat as the app has it, or a part of it that `query` names. Throws the status of a refusal. */
export async function readState(loader: Pick<Loader, "call">, query: string): Promise<StateAnswer> {
  const response = await loader.call(`/storefront/state${query}`, null, answerWithin());
  if (!response.ok) throw response.status;
  return (await response.json()) as StateAnswer;
}
