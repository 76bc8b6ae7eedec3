import { BRASS, both, box, CREAM, disc, ground, line, oval, type Paint, rows, shape, within } from "./ink";

interface Cut {
  /** Where the cloth ends, 800 being the lower edge. */
  hem: number;
  /** Half the width of the hem. */
  half?: number;
  sleeve?: "long" | "short" | "none";
}

export const NECK = "M340 196 Q400 226 460 196";

export function torso({ hem, half = 150 }: Cut): string {
  return `${NECK} L548 232 Q566 300 556 380 L${400 + half} ${hem - 12} Q${400 + half} ${hem} ${400 + half - 14} ${hem} L${400 - half + 14} ${hem} Q${400 - half} ${hem} ${400 - half} ${hem - 12} L244 380 Q234 300 252 232 Z`;
}

export const LONG_SLEEVE = "M256 230 Q214 244 200 300 L142 580 Q140 596 156 600 L214 610 Q228 610 232 596 L268 400 Z";
export const SHORT_SLEEVE = "M256 230 Q210 246 190 300 L160 392 Q156 404 168 409 L236 432 Q247 435 250 424 L264 370 Z";
export const CUFF = "M146 562 L238 578 L232 602 Q230 612 214 610 L156 600 Q140 596 142 580 Z";

/** The cloth of a garment: sleeves behind, body in front, a fold or two; `inside` is drawn on the body only. */
export function garment(paint: Paint, cut: Cut, inside = "", onSleeve = ""): string {
  const body = torso(cut);
  const sleeve = cut.sleeve === "short" ? SHORT_SLEEVE : LONG_SLEEVE;
  const arms =
    cut.sleeve === "none"
      ? ""
      : both(
          shape(sleeve, paint.shade) +
            within("arm", sleeve, `${line("M262 260 Q224 330 206 470", paint.deep, 5, 'opacity=".35"')}${onSleeve}`),
        );
  const folds = `${box(220, 180, 360, 620, 0, "url(#side)")}${line(`M292 470 Q312 560 300 ${cut.hem}`, paint.deep, 6, 'opacity=".22"')}${line(`M512 440 Q492 560 506 ${cut.hem}`, paint.deep, 6, 'opacity=".22"')}`;
  return `${ground(Math.min(770, cut.hem + 46), 210)}${arms}${shape(body, paint.base)}${within("body", body, inside + folds)}${line(`M256 236 Q270 330 262 420`, paint.line, 4, 'opacity=".4"')}${line(`M544 236 Q530 330 538 420`, paint.line, 4, 'opacity=".4"')}`;
}

export function zip(paint: Paint, from: number, to: number): string {
  return `${line(`M400 ${from} V${to}`, paint.deep, 16)}${line(`M400 ${from} V${to}`, BRASS, 4, 'stroke-dasharray="5 7"')}${box(394, from + 6, 12, 26, 5, BRASS)}`;
}

export function buttons(paint: Paint, from: number, to: number, count: number): string {
  const step = (to - from) / (count - 1);
  return Array.from({ length: count }, (_, index) =>
    disc(400, from + step * index, 8, CREAM, `stroke="${paint.line}" stroke-width="2"`),
  ).join("");
}

export function flapPocket(paint: Paint, x: number, y: number, width: number, height: number): string {
  return `${box(x, y, width, height, 10, paint.light, `stroke="${paint.deep}" stroke-width="4"`)}${shape(`M${x - 5} ${y - 6} H${x + width + 5} V${y + 24} L${x + width / 2} ${y + 40} L${x - 5} ${y + 24} Z`, paint.shade, `stroke="${paint.deep}" stroke-width="4" stroke-linejoin="round"`)}${disc(x + width / 2, y + 24, 6, BRASS)}`;
}

export function collar(fill: string, stroke: string): string {
  return both(
    shape(
      "M400 236 L338 184 Q328 170 346 164 Q372 182 400 190 Z",
      fill,
      `stroke="${stroke}" stroke-width="4" stroke-linejoin="round"`,
    ),
  );
}

export function standCollar(paint: Paint): string {
  return `${shape("M336 200 Q334 160 346 146 Q400 166 454 146 Q466 160 464 200 Q400 232 336 200 Z", paint.shade, `stroke="${paint.deep}" stroke-width="4"`)}${oval(400, 156, 50, 14, paint.deep)}`;
}

export function hood(paint: Paint): string {
  return `${shape("M322 214 Q296 96 400 88 Q504 96 478 214 Q400 262 322 214 Z", paint.shade)}${shape("M350 204 Q330 122 400 116 Q470 122 450 204 Q400 240 350 204 Z", paint.deep)}${line("M400 90 V116", paint.line, 4, 'opacity=".5"')}`;
}

export function crew(paint: Paint): string {
  return (
    line("M340 196 Q400 240 460 196", paint.deep, 16) +
    line("M340 196 Q400 240 460 196", paint.light, 4, 'opacity=".6"')
  );
}

export function quilting(paint: Paint, from: number, to: number): string {
  return rows(
    from,
    to,
    54,
    (y) =>
      `${line(`M220 ${y} Q400 ${y + 22} 580 ${y}`, paint.deep, 5, 'opacity=".6"')}${line(`M220 ${y + 12} Q400 ${y + 34} 580 ${y + 12}`, paint.light, 9, 'opacity=".55"')}`,
  );
}

export const QUILTED_ARM = (paint: Paint) =>
  rows(
    270,
    600,
    52,
    (y) =>
      `${line(`M130 ${y} L290 ${y + 36}`, paint.deep, 5, 'opacity=".6"')}${line(`M130 ${y + 12} L290 ${y + 48}`, paint.light, 8, 'opacity=".35"')}`,
  );

export function pile(paint: Paint): string {
  return rows(210, 680, 22, (y) =>
    rows(150 + ((y / 22) % 2) * 11, 650, 22, (x) =>
      line(`M${x} ${y} q5 -7 10 0`, y % 44 ? paint.light : paint.shade, 4, 'opacity=".7"'),
    ),
  );
}

export const cuffs = (fill: string) => both(shape(CUFF, fill));
