import {
  type Context,
  type Emitter,
  Hash,
  type Liquid,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
  Value,
} from "liquidjs";
import { localePath } from "../../visit";
import { escapeHtml } from "../messages";
import { type RenderState, stateOf } from "../state";
import { takeTemplates } from "./blocks";

/** Where each kind of form posts to. https://shopify.dev/docs/api/liquid/tags/form */
const actions: Record<string, string> = {
  product: "/cart/add",
  cart: "/cart",
  customer_login: "/account/login",
  customer: "/contact#contact_form",
  contact: "/contact#ContactForm",
  localization: "/localization",
  storefront_password: "/password",
};

/** `{% form 'product', product, id: 'x' %}…{% endform %}`: an unknown kind of form is an error. */
export class FormTag extends Tag {
  private readonly kind: string;
  private readonly subject: Value | null;
  private readonly hash: Hash;
  private readonly templates: Template[];

  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const match = /^\s*(['"])([\w-]+)\1\s*(?:,\s*([A-Za-z_][\w.]*)\s*(?=,|$))?,?(.*)$/s.exec(token.args);
    this.kind = match?.[2] ?? "";
    if (!actions[this.kind]) throw new Error(`"${this.kind}" is not a kind of form that this storefront has`);
    this.subject = match?.[3] ? new Value(match[3], liquid) : null;
    this.hash = new Hash((match?.[4] ?? "").trim());
    this.templates = takeTemplates(liquid, remaining, "endform");
  }

  *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    const state = stateOf(context);
    const object: unknown = this.subject ? yield this.subject.value(context) : null;
    const { return_to: returnTo, ...attributes } = (yield this.hash.render(context)) as Record<string, unknown>;
    const given = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(String(value))}"`);
    const action = escapeHtml(localePath(state.visit, actions[this.kind] ?? "/"));
    emitter.write(`<form method="post" action="${action}" accept-charset="UTF-8"${given.join("")}>`);
    emitter.write(hidden("form_type", this.kind) + hidden("utf8", "✓"));
    const goTo = this.kind === "localization" ? state.visit.path : returnTo;
    if (typeof goTo === "string") emitter.write(hidden("return_to", goTo));
    if (this.kind === "product" && object && typeof object === "object" && "id" in object) {
      emitter.write(hidden("product-id", String(object.id)));
    }
    context.push({ form: formObject(state, this.kind) });
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    context.pop();
    emitter.write("</form>");
  }

  /** For the analysis of which objects a template reads. */
  *children(): Generator<unknown, Template[]> {
    yield;
    return this.templates;
  }
}

function hidden(name: string, value: string): string {
  return `<input type="hidden" name="${name}" value="${escapeHtml(value)}">`;
}

/** The result of the last post of this form, as the page was given it. */
function formObject(state: RenderState, kind: string): unknown {
  const result = state.globals.form_result as { kind: string } | undefined;
  return result?.kind === kind ? result : { kind, errors: null, "posted_successfully?": false };
}
