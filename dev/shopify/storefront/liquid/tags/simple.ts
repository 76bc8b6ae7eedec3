import {
  type Context,
  type Emitter,
  type Liquid,
  Tag,
  type TagToken,
  type Template,
  type TopLevelToken,
} from "liquidjs";
import { stateOf } from "../state";
import { takeRaw, takeTemplates } from "./blocks";

/** `{% schema %}` and `{% doc %}`: for the editor and the author, nothing on the page. */
export class RawTag extends Tag {
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    takeRaw(remaining, `end${token.name}`);
  }
  render(): string {
    return "";
  }
}

/** `{% stylesheet %}` and `{% javascript %}`: collected once a file and put out by the page's head and foot. */
export class BundledTag extends Tag {
  private readonly text: string;
  private readonly file: string;
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.text = takeRaw(remaining, `end${token.name}`);
    this.file = token.file ?? this.text;
  }
  render(context: Context): string {
    const { styles, scripts } = stateOf(context).bundled;
    (this.name === "stylesheet" ? styles : scripts).set(this.file, this.text);
    return "";
  }
}

/** `{% style %}`: Liquid inside a style element. */
export class StyleTag extends Tag {
  private readonly templates: Template[];
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    this.templates = takeTemplates(liquid, remaining, "endstyle");
  }
  *render(context: Context, emitter: Emitter): Generator<unknown, void, unknown> {
    emitter.write("<style data-shopify>");
    yield this.liquid.renderer.renderTemplates(this.templates, context, emitter);
    emitter.write("</style>");
  }
  /** For the analysis of which objects a template reads. */
  *children(): Generator<unknown, Template[]> {
    yield;
    return this.templates;
  }
}

/** `{% section 'header' %}` and `{% sections 'header-group' %}`. */
export class SectionTag extends Tag {
  private readonly section: string;
  constructor(token: TagToken, remaining: TopLevelToken[], liquid: Liquid) {
    super(token, remaining, liquid);
    const name = /^\s*['"]([\w-]+)['"]/.exec(token.args)?.[1];
    if (!name) throw new Error(`tag ${token.name} needs a quoted name`);
    this.section = name;
  }
  render(context: Context): string {
    const state = stateOf(context);
    return this.name === "sections" ? state.renderSectionGroup(this.section) : state.renderSection(this.section);
  }
}
