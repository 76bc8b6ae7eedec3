import type { ChannelAdapter } from "~/channels/channel";
import { type ConnectedKind, connectedKinds, isWritten } from "~/channels/kinds";
import { adapters } from "~/channels/registry";
import { connector as voice } from "~/channels/voice/connector";
import { type Env, env } from "~/env.server";

/** What Settings needs of a channel: how an account is connected, and whether it answers. */
export type Connector = Pick<
  ChannelAdapter,
  "settings" | "credentials" | "fields" | "identify" | "connected" | "check"
>;

/** Null for a channel that this version cannot connect. */
export function connectorOf(kind: ConnectedKind): Connector | null {
  if (kind === "voice") return voice;
  return isWritten(kind) ? (adapters[kind] ?? null) : null;
}

export function isConnected(kind: string): kind is ConnectedKind {
  return (connectedKinds as readonly string[]).includes(kind);
}

const ofMeta = ["META_APP_ID", "META_APP_SECRET", "META_VERIFY_TOKEN"] as const;

const needed: Readonly<Partial<Record<ConnectedKind, readonly (keyof Env)[]>>> = {
  instagram: ofMeta,
  messenger: ofMeta,
  whatsapp: ofMeta,
};

/** Names of the settings of the server without which a channel cannot be connected; the merchant cannot set them. */
export function missingSettings(kind: ConnectedKind, settings: Env = env()): string[] {
  return (needed[kind] ?? []).filter((name) => settings[name] === undefined);
}
