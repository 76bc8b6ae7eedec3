import { meta } from "./meta/provider";
import { own } from "./own/own";
import type { MakeProvider } from "./provider";
import { twilio } from "./twilio/twilio";
import { x } from "./x/x";

/** Every provider that there is a stand-in for. */
export const providers: readonly MakeProvider[] = [meta, twilio, x, own];
