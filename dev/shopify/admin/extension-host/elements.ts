import { defineControls } from "./control-elements";
import { defineFrames } from "./frame-elements";
import { defineLayout } from "./layout-elements";
import { defineTexts } from "./text-elements";

/** Defines the Polaris web components that extensions here are drawn with; others show their children plainly. */
export function defineElements(): void {
  defineFrames();
  defineLayout();
  defineTexts();
  defineControls();
}
