/** Something that passes and is not kept: who types, who looks. */
export type Signal =
  | { kind: "typing"; shopId: string; conversationId: string; by: "shopper" }
  | { kind: "typing"; shopId: string; conversationId: string; by: "staff"; staffName: string }
  | {
      kind: "typing-to-shopper";
      shopId: string;
      conversationId: string;
      visitorId: string | null;
      customerId: string;
      staffName: string;
    }
  | { kind: "viewing"; shopId: string; conversationId: string | null; staffId: string; staffName: string }
  | { kind: "staff-presence"; shopId: string; someoneThere: boolean };

/** How verbs and sockets reach the listeners of every process. Losing one loses nothing that is kept. */
export interface Signals {
  /** The log grew: readers look now instead of at their next turn. */
  logGrew(): void;
  /** Passes a signal to the sockets that may hear it, in every process. */
  send(signal: Signal): void;
}
