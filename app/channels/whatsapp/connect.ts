import { z } from "zod";
import type { Account, Health } from "../channel";
import { askFor, checkToken, isSubscribed, subscribe } from "../vendors/meta/connect";
import { graph } from "../vendors/meta/graph";
import { text } from "../vendors/meta/json";
import { tokenOnly } from "../vendors/meta/login";
import { wordsOf } from "../vendors/meta/messaging-health";

const id = (what: string) =>
  z
    .string()
    .trim()
    .regex(/^\d{5,32}$/, `The ${what} has only digits. It stands in WhatsApp Manager.`);

export const whatsAppSettings = z.object({
  phoneNumberId: id("phone number ID"),
  wabaId: id("account ID"),
  /** As people know it, in E.164. */
  phoneNumber: z.string().optional(),
});

const scopes = ["whatsapp_business_messaging", "whatsapp_business_management"];
const about = "id,display_phone_number,verified_name,quality_rating,code_verification_status,status";

/** Asks whose number it is, whether the token may use it, and to be told of what comes. Throws Invalid. */
export async function identifyWhatsApp(input: {
  settings: Record<string, unknown>;
  credentials: Record<string, string>;
}) {
  const settings = whatsAppSettings.parse(input.settings);
  const { token } = tokenOnly.parse(input.credentials);
  const tokenExpiresAt = await checkToken(token, scopes);
  const number = await askFor("phoneNumberId", { token, path: settings.phoneNumberId, query: { fields: about } });
  await askFor("wabaId", { token, path: settings.wabaId, query: { fields: "id,name" } });
  await subscribe(token, settings.wabaId, []);
  const shown = text(number.display_phone_number);
  const digits = shown?.replace(/\D/g, "");
  return {
    externalId: settings.phoneNumberId,
    name: [text(number.verified_name), shown].filter((one) => one !== null).join(", ") || settings.phoneNumberId,
    settings: { ...settings, ...(digits ? { phoneNumber: `+${digits}` } : {}) },
    credentials: { token },
    tokenExpiresAt,
  };
}

/** How the number is, asked of WhatsApp. Never throws. */
export async function whatsAppHealth(account: Account): Promise<Health> {
  const token = account.credentials.token ?? "";
  try {
    const number = await graph({ token, path: account.externalId, query: { fields: about }, within: 10_000 });
    const tokenExpiresAt = await checkToken(token, scopes);
    const wabaId = text(account.settings.wabaId) ?? "";
    const problem = !(await isSubscribed(token, wabaId))
      ? "WhatsApp does not tell this app what happens here. Connect the number anew."
      : text(number.quality_rating) === "RED"
        ? "WhatsApp rates this number low because people blocked or reported it. Check it in WhatsApp Manager."
        : null;
    const name = text(number.verified_name) ?? account.name;
    return { ok: problem === null, words: problem ?? `Connected as ${name}.`, tokenExpiresAt };
  } catch (error) {
    return { ok: false, words: wordsOf(error), tokenExpiresAt: null };
  }
}
