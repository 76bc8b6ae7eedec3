import type { Surroundings } from "../provider";
import { cloudApi, mediaAbout, uploadMedia } from "./cloud-api";
import { badToken, errorAnswer, GraphError, notFound } from "./errors";
import { conversations } from "./lists";
import { sendApi } from "./send-api";
import type { Page, PhoneNumber, State } from "./state";
import type { Teller } from "./tell";

/** Who a token stands for. */
interface Holder {
  token: string;
  page: Page | null;
  number: PhoneNumber | null;
}

export interface Call {
  method: string;
  /** Below the version. */
  path: string[];
  query: URLSearchParams;
  host: string;
  json: Record<string, unknown>;
  form: FormData | null;
}

const scopes = [
  ...["pages_messaging", "pages_manage_metadata", "instagram_basic", "instagram_manage_messages"],
  ...["whatsapp_business_messaging", "whatsapp_business_management"],
];

/** The Graph API, as far as an app that speaks with customers asks it. */
export class GraphApi {
  constructor(
    private readonly state: State,
    private readonly teller: Teller,
    private readonly around: Surroundings,
  ) {}

  async answer(request: Request): Promise<Response> {
    try {
      const call = await read(request);
      return Response.json(await this.serve(call, tokenOf(request, call.query)));
    } catch (error) {
      if (error instanceof GraphError) return errorAnswer(error);
      throw error;
    }
  }

  private async serve(call: Call, token: string): Promise<object> {
    const [first = "", edge = ""] = call.path;
    if (first === "debug_token") return { data: this.debug(call.query.get("input_token") ?? "", token) };
    const holder = this.holderOf(token);
    if (!holder) throw badToken();
    if (call.host === "graph.instagram.com" && !holder.page) throw badToken();
    const page = holder.page;
    if (page && (first === "me" || first === page.id || first === page.instagram.id)) {
      return this.ofPage(page, edge, call);
    }
    if (holder.number) return this.ofNumber(holder.number, first, edge, call);
    return this.profile(first);
  }

  private async ofPage(page: Page, edge: string, call: Call): Promise<object> {
    const byInstagram = call.host === "graph.instagram.com";
    switch (`${call.method} ${edge}`) {
      case "GET ":
        if (byInstagram)
          return { id: page.instagram.id, user_id: page.instagram.id, username: page.instagram.username };
        return { id: page.id, name: page.name, access_token: page.token, instagram_business_account: page.instagram };
      case "POST messages": {
        const to = (call.json.recipient as { id?: string } | undefined)?.id;
        const kind =
          byInstagram || this.state.people.some((one) => one.kind === "instagram" && one.id === to)
            ? "instagram"
            : "messenger";
        const account = kind === "instagram" ? page.instagram.id : page.id;
        const appId = this.around.environment.META_APP_ID ?? "1";
        const take = (url: string) => this.take(url);
        return sendApi(this.state, this.teller, { kind, account, appId, take }, call.json, this.around.clock());
      }
      case "GET conversations":
        return conversations(this.state, page, call.query);
      case "POST subscribed_apps":
        return this.subscribe(byInstagram ? page.instagram.id : page.id);
      case "GET subscribed_apps":
        return this.subscribed(byInstagram ? page.instagram.id : page.id);
      default:
        throw notFound(call.path.join("/"));
    }
  }

  private async ofNumber(number: PhoneNumber, first: string, edge: string, call: Call): Promise<object> {
    const { id, wabaId } = number;
    switch (`${call.method} ${first === id ? "number" : first === wabaId ? "waba" : "other"} ${edge}`) {
      case "GET number ":
        return {
          id,
          display_phone_number: number.display,
          verified_name: number.verifiedName,
          quality_rating: number.quality,
        };
      case "POST number messages":
        return cloudApi(this.state, this.teller, number, call.json, this.around.clock());
      case "POST number media":
        return uploadMedia(this.state, call.form ?? new FormData());
      case "GET waba ":
        return { id: wabaId, name: number.verifiedName };
      case "GET waba message_templates":
        return this.templates(call.query);
      case "POST waba subscribed_apps":
        return this.subscribe(wabaId);
      case "GET waba subscribed_apps":
        return this.subscribed(wabaId);
      case "GET other ":
        return mediaAbout(this.state, first);
      default:
        throw notFound(first);
    }
  }

  /** The app's own files come by the same way as webhooks go. */
  private take(url: string): Promise<Response | null> {
    return url.startsWith(this.around.appOrigin) ? this.around.webhooks.send(() => new Request(url)) : fetch(url);
  }

  /** In pages, as everything is at Meta. */
  private templates(query: URLSearchParams): object {
    const wanted = query.get("status");
    const all = this.state.templates.filter((one) => !wanted || one.status === wanted);
    const from = Number(query.get("after") ?? 0);
    const limit = Math.min(Number(query.get("limit") ?? 25), 3);
    const next = from + limit;
    const more = next < all.length ? { next: "https://graph.facebook.com/next" } : {};
    return { data: all.slice(from, next), paging: { cursors: { before: String(from), after: String(next) }, ...more } };
  }

  private profile(id: string): object {
    const person = this.state.people.find((one) => one.id === id && one.kind !== "whatsapp");
    if (!person) throw notFound(id);
    return { id, name: person.name, ...(person.username ? { username: person.username } : {}) };
  }

  private subscribe(id: string): object {
    if (!this.state.subscribed.includes(id)) this.state.subscribed.push(id);
    return { success: true };
  }

  private subscribed(id: string): object {
    const app = this.around.environment.META_APP_ID ?? "1";
    return { data: this.state.subscribed.includes(id) ? [{ id: app, whatsapp_business_api_data: { id: app } }] : [] };
  }

  private holderOf(token: string): Holder | null {
    if (this.state.ended.includes(token)) return null;
    const page = this.state.pages.find((one) => one.token === token) ?? null;
    const number = this.state.numbers.find((one) => one.token === token) ?? null;
    return page || number ? { token, page, number } : null;
  }

  private debug(input: string, token: string): object {
    const { META_APP_ID = "1", META_APP_SECRET = "" } = this.around.environment;
    if (token !== `${META_APP_ID}|${META_APP_SECRET}`) throw badToken();
    const valid = this.holderOf(input) !== null;
    return {
      app_id: META_APP_ID,
      is_valid: valid,
      expires_at: 0,
      data_access_expires_at: 0,
      scopes: valid ? scopes : [],
    };
  }
}

async function read(request: Request): Promise<Call> {
  const url = new URL(request.url);
  const path = url.pathname
    .split("/")
    .filter((one) => one !== "" && !/^v\d+\.\d+$/.test(one))
    .map(decodeURIComponent);
  const type = request.headers.get("content-type") ?? "";
  const form = type.startsWith("multipart/form-data") ? await request.formData() : null;
  const json = type.startsWith("application/json")
    ? ((await request.json().catch(() => ({}))) as Record<string, unknown>)
    : {};
  return { method: request.method, path, query: url.searchParams, host: url.hostname, json, form };
}

function tokenOf(request: Request, query: URLSearchParams): string {
  return (request.headers.get("authorization") ?? "").replace(/^Bearer /, "") || (query.get("access_token") ?? "");
}
