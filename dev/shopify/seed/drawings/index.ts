import * as camp from "./camp";
import * as carried from "./carried";
import * as home from "./home";
import type { Drawing } from "./ink";
import * as jackets from "./jackets";
import * as lamps from "./lamps";
import * as legsAndFeet from "./legs-and-feet";
import * as shirts from "./shirts";
import * as worn from "./worn";

const { throwBlanket, ...otherHome } = home;

/** Every drawing by its name. */
export const DRAWINGS = {
  ...camp,
  ...carried,
  ...otherHome,
  throw: throwBlanket,
  ...lamps,
  ...legsAndFeet,
  ...jackets,
  ...shirts,
  ...worn,
} satisfies Record<string, Drawing>;

export type DrawingName = keyof typeof DRAWINGS;
