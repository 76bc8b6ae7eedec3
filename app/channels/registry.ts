import { api } from "./api/adapter";
import type { ChannelAdapter } from "./channel";
import { emailAdapter } from "./email/adapter";
import { instagram } from "./instagram/adapter";
import type { WrittenKind } from "./kinds";
import { messenger } from "./messenger/adapter";
import { sms } from "./sms/adapter";
import { whatsapp } from "./whatsapp/adapter";
import { x } from "./x/adapter";

/** Every channel through which messages come and go, each by its adapter. */
export const adapters: Partial<Readonly<Record<WrittenKind, ChannelAdapter>>> = {
  api,
  email: emailAdapter(),
  instagram,
  messenger,
  sms,
  whatsapp,
  x,
};
