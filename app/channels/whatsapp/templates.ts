import { type Account, Rejected, type Template } from "../channel";
import { graph } from "../vendors/meta/graph";
import { type Json, list, object, text } from "../vendors/meta/json";

/** Where one value of a template goes, in the order in which they are asked for: header, body, buttons. */
interface Slot {
  component: "header" | "body" | "button";
  /** What WhatsApp calls the value's type. */
  type: "text" | "image" | "video" | "document" | "coupon_code";
  /** Of a value with a name instead of a number. */
  name: string | null;
  /** Which button, counted from 0, and its kind. */
  button: { index: number; subType: "url" | "copy_code" } | null;
}

/** A template with what sending it needs. */
export interface WhatsAppTemplate extends Template {
  slots: Slot[];
}

const mostPages = 20;

/**
 * The approved templates of the business.
 * https://developers.facebook.com/docs/whatsapp/business-management-api/message-templates
 */
export async function readTemplates(account: Account): Promise<WhatsAppTemplate[]> {
  const waba = text(account.settings.wabaId);
  if (!waba) return [];
  const fields = "name,language,status,category,components,parameter_format";
  const found: WhatsAppTemplate[] = [];
  for (let page = 0, after = ""; page < mostPages; page += 1) {
    const answer = await graph({
      token: account.credentials.token ?? "",
      path: `${waba}/message_templates`,
      query: { fields, status: "APPROVED", limit: "100", ...(after ? { after } : {}) },
    });
    for (const one of list(answer.data)) {
      const template = one.status === undefined || one.status === "APPROVED" ? readTemplate(one) : null;
      if (template) found.push(template);
    }
    const paging = object(answer.paging);
    after = paging.next === undefined ? "" : (text(object(paging.cursors).after) ?? "");
    if (!after) break;
  }
  return found;
}

/** Null for one that cannot be sent from here: codes to sign in, carousels, catalogues and forms. */
export function readTemplate(template: Json): WhatsAppTemplate | null {
  const name = text(template.name);
  const language = text(template.language);
  const components = list(template.components);
  const part = (type: string) => components.find((one) => text(one.type)?.toUpperCase() === type);
  const body = text(part("BODY")?.text);
  if (!name || !language || !body || template.category === "AUTHENTICATION") return null;
  if (components.some((one) => !["HEADER", "BODY", "FOOTER", "BUTTONS"].includes(text(one.type)?.toUpperCase() ?? "")))
    return null;
  const header = readHeader(part("HEADER"));
  const buttons = list(part("BUTTONS")?.buttons).map(readButton);
  if (!header || buttons.some((one) => one === null)) return null;
  const ofButtons = buttons.filter((one) => one !== null);
  const slots = [
    ...header.slots,
    ...placesIn(body, "body"),
    ...ofButtons.flatMap(({ slot }, index) => slot?.(index) ?? []),
  ];
  return {
    name,
    language,
    category: text(template.category) ?? "",
    header: header.shown,
    body,
    footer: text(part("FOOTER")?.text),
    buttons: ofButtons.map((one) => one.label),
    values: slots.length,
    slots,
  };
}

/** Values in a text: numbers, or names, each once and in order. */
function placesIn(words: string, component: "header" | "body"): Slot[] {
  const found = new Set([...words.matchAll(/\{\{\s*(\w+)\s*\}\}/g)].map((each) => each[1] as string));
  const isNumbered = [...found].every((one) => /^\d+$/.test(one));
  const ordered = isNumbered ? [...found].sort((one, other) => Number(one) - Number(other)) : [...found];
  return ordered.map((one) => ({ component, type: "text", name: isNumbered ? null : one, button: null }));
}

function readHeader(header: Json | undefined): { shown: string | null; slots: Slot[] } | null {
  if (!header) return { shown: null, slots: [] };
  const format = text(header.format)?.toUpperCase() ?? "TEXT";
  if (format === "TEXT") {
    const shown = text(header.text);
    return { shown, slots: shown ? placesIn(shown, "header") : [] };
  }
  const type = ({ IMAGE: "image", VIDEO: "video", DOCUMENT: "document" } as const)[format];
  return type ? { shown: `(${type})`, slots: [{ component: "header", type, name: null, button: null }] } : null;
}

function readButton(button: Json): { label: string; slot: ((index: number) => Slot[]) | null } | null {
  const label = text(button.text) ?? "Button";
  const slot =
    (subType: "url" | "copy_code", type: Slot["type"]) =>
    (index: number): Slot[] => [{ component: "button", type, name: null, button: { index, subType } }];
  switch (text(button.type)?.toUpperCase()) {
    case "QUICK_REPLY":
    case "PHONE_NUMBER":
    case "REQUEST_CONTACT_INFO":
      return { label, slot: null };
    case "URL":
      return { label, slot: /\{\{\s*\w+\s*\}\}/.test(text(button.url) ?? "") ? slot("url", "text") : null };
    case "COPY_CODE":
      return { label, slot: slot("copy_code", "coupon_code") };
    default:
      return null;
  }
}

/** `components` of a message with this template. Throws Rejected when a value is missing or there is one too many. */
export function componentsOf(template: WhatsAppTemplate, values: readonly string[]): object[] {
  const given = values.map((one) => one.trim());
  if (given.length !== template.slots.length || given.some((one) => one === "")) {
    const words = `The template “${template.name}” asks for ${template.slots.length} values. Fill in every one.`;
    throw new Rejected({ code: "132000", words });
  }
  const components: object[] = [];
  const filled = template.slots.map((slot, at) => ({ slot, value: given[at] as string }));
  for (const component of ["header", "body"] as const) {
    const parameters = filled
      .filter(({ slot }) => slot.component === component)
      .map(({ slot, value }) => parameterOf(slot, value));
    if (parameters.length > 0) components.push({ type: component, parameters });
  }
  for (const { slot, value } of filled) {
    if (!slot.button) continue;
    const { index, subType } = slot.button;
    components.push({
      type: "button",
      sub_type: subType,
      index: String(index),
      parameters: [parameterOf(slot, value)],
    });
  }
  return components;
}

function parameterOf({ type, name }: Slot, value: string): object {
  if (type === "text") return { type, text: value, ...(name ? { parameter_name: name } : {}) };
  if (type === "coupon_code") return { type, coupon_code: value };
  if (!/^https:\/\/\S+$/.test(value)) {
    throw new Rejected({
      code: "132012",
      words: `The header of this template is ${type === "image" ? "an" : "a"} ${type}. Give its address, beginning with https://.`,
    });
  }
  return { type, [type]: { link: value } };
}
