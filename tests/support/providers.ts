import { getGlobalDispatcher, setGlobalDispatcher } from "undici";
import { LocalNetwork } from "../../dev/local-network.mjs";
import type { LocalProviders } from "../../dev/providers/start";

/** Leads this process's requests for Meta, Twilio and X to stand-ins, and none anywhere else, until it is called back. */
export function reach(local: LocalProviders, shopify?: string): () => void {
  const before = getGlobalDispatcher();
  setGlobalDispatcher(new LocalNetwork(shopify, local.origin) as never);
  return () => setGlobalDispatcher(before);
}
