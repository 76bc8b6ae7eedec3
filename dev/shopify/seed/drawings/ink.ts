/** The tones of one colour that a drawing is made of. */
export interface Paint {
  base: string;
  light: string;
  shade: string;
  deep: string;
  /** Seams and outlines. */
  line: string;
}

/** A drawing on a field of 800 × 800, as a fragment of SVG without the background. */
export type Drawing = (paint: Paint) => string;

/** The tones of a colour given as `#rrggbb`. */
export function paintOf(hex: string): Paint {
  return {
    base: hex,
    light: mix(hex, "#ffffff", 0.22),
    shade: mix(hex, "#14161c", 0.16),
    deep: mix(hex, "#14161c", 0.38),
    line: mix(hex, "#14161c", 0.55),
  };
}

/** `share` of `other` in `hex`, both `#rrggbb`. */
export function mix(hex: string, other: string, share: number): string {
  const channel = (place: number) => {
    const from = Number.parseInt(hex.slice(place, place + 2), 16);
    const to = Number.parseInt(other.slice(place, place + 2), 16);
    return Math.round(from + (to - from) * share)
      .toString(16)
      .padStart(2, "0");
  };
  return `#${channel(1)}${channel(3)}${channel(5)}`;
}

export function shape(d: string, fill: string, extra = ""): string {
  return `<path d="${d}" fill="${fill}" ${extra}/>`;
}

/** A line without a filling; `extra` may add a dash pattern or an opacity. */
export function line(d: string, stroke: string, width = 4, extra = ""): string {
  return `<path d="${d}" fill="none" stroke="${stroke}" stroke-width="${width}" stroke-linejoin="round" ${extra.includes("stroke-linecap") ? "" : 'stroke-linecap="round"'} ${extra}/>`;
}

export function box(
  x: number,
  y: number,
  width: number,
  height: number,
  round: number,
  fill: string,
  extra = "",
): string {
  return `<rect x="${x}" y="${y}" width="${width}" height="${height}" rx="${round}" fill="${fill}" ${extra}/>`;
}

export function disc(x: number, y: number, radius: number, fill: string, extra = ""): string {
  return `<circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}" ${extra}/>`;
}

export function oval(x: number, y: number, rx: number, ry: number, fill: string, extra = ""): string {
  return `<ellipse cx="${x}" cy="${y}" rx="${rx}" ry="${ry}" fill="${fill}" ${extra}/>`;
}

/** The fragment and its mirror image about the middle. */
export function both(fragment: string): string {
  return `${fragment}<g transform="matrix(-1 0 0 1 800 0)">${fragment}</g>`;
}

/** The fragment, seen only within the outline `d`. */
export function within(name: string, d: string, fragment: string): string {
  return `<clipPath id="${name}"><path d="${d}"/></clipPath><g clip-path="url(#${name})">${fragment}</g>`;
}

/** The fragment moved and turned: `at(120, 40, -8, …)`; the turn, in degrees, is about the middle. */
export function at(x: number, y: number, turn: number, fragment: string, scale = 1): string {
  return `<g transform="translate(${x} ${y}) rotate(${turn} 400 400) translate(${400 * (1 - scale)} ${400 * (1 - scale)}) scale(${scale})">${fragment}</g>`;
}

/** Light that fades outwards; the gradient `glow` is defined by the page that the drawing is put on. */
export function glow(x: number, y: number, radius: number): string {
  return disc(x, y, radius, "url(#glow)");
}

/** What the drawings refer to by name: the fading light, and the shade on a thing's right side. */
export const DEFINITIONS =
  '<radialGradient id="glow"><stop offset=".2" stop-color="#ffdf94" stop-opacity=".75"/><stop offset="1" stop-color="#ffdf94" stop-opacity="0"/></radialGradient>' +
  '<linearGradient id="side"><stop offset=".45" stop-color="#14161c" stop-opacity="0"/><stop offset="1" stop-color="#14161c" stop-opacity=".16"/></linearGradient>';

/** Whether ink on this paint must be dark to be seen. */
export function isPale(paint: Paint): boolean {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((place) =>
    Number.parseInt(paint.base.slice(place, place + 2), 16),
  );
  return red * 0.299 + green * 0.587 + blue * 0.114 > 170;
}

/** The soft shadow a thing stands on. */
export function ground(y: number, rx: number, x = 400): string {
  return oval(x, y, rx, Math.max(10, rx * 0.085), "#3a3226", 'opacity=".16"');
}

/** Rows of something: `rows(200, 600, 40, (y) => …)`. */
export function rows(from: number, to: number, step: number, draw: (place: number) => string): string {
  let text = "";
  for (let place = from; place <= to; place += step) text += draw(place);
  return text;
}

export const BRASS = "#c9a24f";
export const STEEL = "#aeb6bc";
export const RUBBER = "#33312f";
export const CREAM = "#f1e9d8";
export const GLOW = "#ffe6a8";
