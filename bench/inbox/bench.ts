export async function inboxBench(_quick: boolean): Promise<Record<string, unknown>> {
  throw new Error("not yet");
}
