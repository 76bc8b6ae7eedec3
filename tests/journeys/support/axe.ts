import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import type { Frame, Page } from "playwright-core";

const axeSource = readFileSync(createRequire(import.meta.url).resolve("axe-core/axe.min.js"), "utf8");

interface Violation {
  id: string;
  nodes: { target: unknown[]; failureSummary?: string }[];
}

/** What axe finds wrong by WCAG 2.1 A and AA, as lines that say where. */
export async function axe(frame: Frame | Page, within?: string): Promise<string[]> {
  await frame.evaluate(axeSource);
  const violations = await frame.evaluate(async (selector) => {
    const { axe } = window as unknown as {
      axe: { run(context: unknown, options: unknown): Promise<{ violations: Violation[] }> };
    };
    const found = await axe.run(selector ?? document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa"],
    });
    return found.violations.map(({ id, nodes }) => ({ id, nodes: nodes.map(({ target }) => ({ target })) }));
  }, within);
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target }) => `${id}: ${JSON.stringify(target)}`));
}

/** The app inside the admin. */
export async function frameOf(page: Page): Promise<Frame> {
  const element = await page.waitForSelector("iframe[title='Throughline'], main iframe");
  const frame = await element.contentFrame();
  if (!frame) throw new Error("the app has no frame");
  return frame;
}
