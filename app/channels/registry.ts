import type { ChannelAdapter } from "./channel";
import type { WrittenKind } from "./kinds";

/** Every channel through which messages come and go, each by its adapter. */
export const adapters: Partial<Readonly<Record<WrittenKind, ChannelAdapter>>> = {};
