import type { Request } from "express";
import { type EditorBlock, listBlocks, setBlock } from "../../storefront/extension/theme-editor";
import { type Html, html } from "../look/html";
import { layout } from "../look/layout";
import { badge, card, empty, facts } from "../look/pieces";
import type { Visit } from "../visit";

/** The online store's page: which theme is live and where to edit it. */
export function themesPage(visit: Visit): string {
  const { settings, base } = visit;
  return layout(visit, {
    title: "Online store",
    actions: html`<a class="button" href="${settings.storefrontOrigin}/" target="_blank" rel="noopener">View your store</a>
<a class="button primary" href="${base}/themes/current/editor?context=apps">Customise</a>`,
    body: card(
      "Live theme",
      facts([
        ["Theme", settings.theme],
        ["Address", settings.storefrontOrigin],
      ]),
    ),
  });
}

/**
 * The theme editor's app embeds beside a view of the shop. `?activateAppId=<client id>/<block>`, the deep link
 * that apps give merchants, marks that block; it is switched on by saving, not by following the link.
 */
export function themeEditorPage(visit: Visit, request: Request): string {
  const { settings } = visit;
  const asked =
    String(request.query.activateAppId ?? "")
      .split("/")
      .at(-1) ?? "";
  const template = String(request.query.template ?? "index");
  const blocks = listBlocks(visit.world, visit.shop.domain);
  return layout(visit, {
    title: `Theme editor: ${settings.theme}`,
    back: { label: "Online store", path: "/themes" },
    body: html`<div class="editor"><div>
${blocks.length === 0 ? card("App embeds", empty("No installed app brings an app embed.")) : null}
${blocks.map((block) => embedCard(visit, block, block.block === asked))}
</div><section class="card preview"><header><h2>Preview</h2></header>
<iframe title="Preview of ${settings.name}" src="${settings.storefrontOrigin}${previewPath(visit, template)}" loading="lazy"></iframe></section></div>`,
  });
}

/** Switches a block and saves its settings. @throws when the block or a setting does not exist. */
export function saveEmbed(visit: Visit, block: string, body: Record<string, unknown>): void {
  const known = listBlocks(visit.world, visit.shop.domain).find((each) => each.block === block);
  const changed: Record<string, unknown> = {};
  for (const setting of known?.schema ?? []) {
    const id = setting.id;
    if (!id) continue;
    const value = body[`setting-${id}`];
    if (setting.type === "checkbox") changed[id] = value === "on";
    else if (value !== undefined)
      changed[id] = ["range", "number"].includes(setting.type) ? Number(value) : String(value);
  }
  setBlock(visit.world, visit.shop.domain, block, { disabled: body.on !== "on", settings: changed });
}

function embedCard(visit: Visit, block: EditorBlock, asked: boolean): Html {
  const on = block.added && !block.disabled;
  return html`<section class="card ${asked ? "asked" : ""}" id="embed-${block.block}">
<header><h2>${block.name}</h2>${badge(on ? "ACTIVE" : "OFF")}</header>
<form method="post" action="${visit.base}/themes/current/embeds/${block.block}" class="settings" data-guard>
<input type="hidden" name="back" value="${visit.path}?context=apps${asked ? `&activateAppId=${visit.world.app.clientId}/${block.block}` : ""}">
<label class="switch"><input type="checkbox" name="on" ${on || asked ? html`checked` : null}> <span>Show in the theme</span></label>
${asked && !on ? html`<p class="hint">Save to switch it on.</p>` : null}
${block.schema.map((setting) => control(setting, setting.id ? block.settings[setting.id] : undefined))}
<p class="form-end"><button class="button primary">Save</button></p></form></section>`;
}

/** One setting of a block's schema. https://shopify.dev/docs/storefronts/themes/architecture/settings/input-settings */
function control(setting: EditorBlock["schema"][number], value: unknown): Html {
  if (!setting.id) {
    return setting.type === "header"
      ? html`<h3>${String(setting.content ?? "")}</h3>`
      : html`<p class="hint">${String(setting.content ?? "")}</p>`;
  }
  const name = `setting-${setting.id}`;
  const label = String(setting.label ?? setting.id);
  const hint = typeof setting.info === "string" ? html`<small>${setting.info}</small>` : null;
  const now = value === undefined || value === null ? "" : String(value);
  if (setting.type === "checkbox") {
    return html`<label class="switch"><input type="checkbox" name="${name}" ${value === true ? html`checked` : null}> <span>${label}</span>${hint}</label>`;
  }
  if (setting.type === "select" || setting.type === "radio") {
    const options = (setting.options ?? []) as { value: string; label: string }[];
    return html`<label class="field"><span>${label}</span><select name="${name}">${options.map(
      (option) =>
        html`<option value="${option.value}" ${option.value === now ? html`selected` : null}>${option.label}</option>`,
    )}</select>${hint}</label>`;
  }
  if (setting.type === "textarea" || setting.type === "richtext" || setting.type === "html") {
    return html`<label class="field"><span>${label}</span><textarea name="${name}" rows="3">${now}</textarea>${hint}</label>`;
  }
  if (setting.type === "range") {
    return html`<label class="field"><span>${label}</span><input type="range" name="${name}" min="${String(setting.min)}" max="${String(
      setting.max,
    )}" step="${String(setting.step ?? 1)}" value="${now}">${hint}</label>`;
  }
  const type =
    setting.type === "color" ? "color" : setting.type === "number" ? "number" : setting.type === "url" ? "url" : "text";
  return html`<label class="field"><span>${label}</span><input type="${type}" name="${name}" value="${now}">${hint}</label>`;
}

function previewPath(visit: Visit, template: string): string {
  if (template === "product") {
    const product = visit.shop.all("product").find((each) => each.status === "ACTIVE");
    if (product) return `/products/${product.handle}`;
  }
  if (template === "collection") return "/collections/all";
  return "/";
}
