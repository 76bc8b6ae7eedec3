import type { MakeProvider } from "./provider";

/** Every provider that there is a stand-in for. */
export const providers: readonly MakeProvider[] = [];
