import {
  BRASS,
  both,
  box,
  CREAM,
  type Drawing,
  disc,
  ground,
  isPale,
  line,
  mix,
  oval,
  type Paint,
  rows,
  shape,
  within,
} from "./ink";

interface Cut {
  /** Where the cloth ends, 800 being the lower edge. */
  hem: number;
  /** Half the width of the hem. */
  half?: number;
  sleeve?: "long" | "short" | "none";
}

const NECK = "M340 196 Q400 226 460 196";

function torso({ hem, half = 150 }: Cut): string {
  return `${NECK} L548 232 Q566 300 556 380 L${400 + half} ${hem - 12} Q${400 + half} ${hem} ${400 + half - 14} ${hem} L${400 - half + 14} ${hem} Q${400 - half} ${hem} ${400 - half} ${hem - 12} L244 380 Q234 300 252 232 Z`;
}

const LONG_SLEEVE = "M256 230 Q214 244 200 300 L142 580 Q140 596 156 600 L214 610 Q228 610 232 596 L268 400 Z";
const SHORT_SLEEVE = "M256 230 Q210 246 190 300 L160 392 Q156 404 168 409 L236 432 Q247 435 250 424 L264 370 Z";
const CUFF = "M146 562 L238 578 L232 602 Q230 612 214 610 L156 600 Q140 596 142 580 Z";

/** The cloth of a garment: sleeves behind, body in front, a fold or two; `inside` is drawn on the body only. */
function garment(paint: Paint, cut: Cut, inside = "", onSleeve = ""): string {
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

function zip(paint: Paint, from: number, to: number): string {
  return `${line(`M400 ${from} V${to}`, paint.deep, 16)}${line(`M400 ${from} V${to}`, BRASS, 4, 'stroke-dasharray="5 7"')}${box(394, from + 6, 12, 26, 5, BRASS)}`;
}

function buttons(paint: Paint, from: number, to: number, count: number): string {
  const step = (to - from) / (count - 1);
  return Array.from({ length: count }, (_, index) =>
    disc(400, from + step * index, 8, CREAM, `stroke="${paint.line}" stroke-width="2"`),
  ).join("");
}

function flapPocket(paint: Paint, x: number, y: number, width: number, height: number): string {
  return `${box(x, y, width, height, 10, paint.light, `stroke="${paint.deep}" stroke-width="4"`)}${shape(`M${x - 5} ${y - 6} H${x + width + 5} V${y + 24} L${x + width / 2} ${y + 40} L${x - 5} ${y + 24} Z`, paint.shade, `stroke="${paint.deep}" stroke-width="4" stroke-linejoin="round"`)}${disc(x + width / 2, y + 24, 6, BRASS)}`;
}

function collar(fill: string, stroke: string): string {
  return both(
    shape(
      "M400 236 L338 184 Q328 170 346 164 Q372 182 400 190 Z",
      fill,
      `stroke="${stroke}" stroke-width="4" stroke-linejoin="round"`,
    ),
  );
}

function standCollar(paint: Paint): string {
  return `${shape("M336 200 Q334 160 346 146 Q400 166 454 146 Q466 160 464 200 Q400 232 336 200 Z", paint.shade, `stroke="${paint.deep}" stroke-width="4"`)}${oval(400, 156, 50, 14, paint.deep)}`;
}

function hood(paint: Paint): string {
  return `${shape("M322 214 Q296 96 400 88 Q504 96 478 214 Q400 262 322 214 Z", paint.shade)}${shape("M350 204 Q330 122 400 116 Q470 122 450 204 Q400 240 350 204 Z", paint.deep)}${line("M400 90 V116", paint.line, 4, 'opacity=".5"')}`;
}

function crew(paint: Paint): string {
  return (
    line("M340 196 Q400 240 460 196", paint.deep, 16) +
    line("M340 196 Q400 240 460 196", paint.light, 4, 'opacity=".6"')
  );
}

function quilting(paint: Paint, from: number, to: number): string {
  return rows(
    from,
    to,
    54,
    (y) =>
      `${line(`M220 ${y} Q400 ${y + 22} 580 ${y}`, paint.deep, 5, 'opacity=".6"')}${line(`M220 ${y + 12} Q400 ${y + 34} 580 ${y + 12}`, paint.light, 9, 'opacity=".55"')}`,
  );
}

const QUILTED_ARM = (paint: Paint) =>
  rows(
    270,
    600,
    52,
    (y) =>
      `${line(`M130 ${y} L290 ${y + 36}`, paint.deep, 5, 'opacity=".6"')}${line(`M130 ${y + 12} L290 ${y + 48}`, paint.light, 8, 'opacity=".35"')}`,
  );

function pile(paint: Paint): string {
  return rows(210, 680, 22, (y) =>
    rows(150 + ((y / 22) % 2) * 11, 650, 22, (x) =>
      line(`M${x} ${y} q5 -7 10 0`, y % 44 ? paint.light : paint.shade, 4, 'opacity=".7"'),
    ),
  );
}

const cuffs = (fill: string) => both(shape(CUFF, fill));

export const fieldJacket: Drawing = (p) =>
  garment(
    p,
    { hem: 664, half: 158 },
    flapPocket(p, 282, 318, 84, 84) +
      flapPocket(p, 434, 318, 84, 84) +
      flapPocket(p, 270, 486, 106, 112) +
      flapPocket(p, 424, 486, 106, 112) +
      box(386, 210, 28, 460, 0, p.shade) +
      line("M386 220 V660 M414 220 V660", p.deep, 3) +
      line("M240 452 H560", p.deep, 4, 'stroke-dasharray="10 8" opacity=".7"'),
  ) +
  buttons({ ...p, line: "#7b602a" }, 268, 620, 6).replaceAll(CREAM, BRASS) +
  cuffs(p.deep) +
  collar("#6b4a2f", "#3f2a18") +
  both(line("M352 186 L392 222 M362 180 L396 206", "#8a6443", 3));

export const shell: Drawing = (p) =>
  hood(p) +
  garment(
    p,
    { hem: 650, half: 152 },
    shape("M240 220 H560 V330 Q400 372 240 330 Z", p.light, 'opacity=".55"') +
      line("M300 520 L350 440 M500 520 L450 440", p.deep, 7) +
      line("M448 300 V366", p.line, 6) +
      line("M250 632 H550", p.deep, 5, 'opacity=".6"'),
  ) +
  zip(p, 214, 640) +
  cuffs(p.deep) +
  box(300, 300, 44, 12, 4, CREAM, 'opacity=".85"');

export const puffer: Drawing = (p) =>
  hood(p) +
  garment(p, { hem: 640, half: 164 }, quilting(p, 240, 640), QUILTED_ARM(p)) +
  zip(p, 214, 630) +
  cuffs(p.deep);

export const parka: Drawing = (p) =>
  shape("M306 226 Q270 84 400 74 Q530 84 494 226 Q400 270 306 226 Z", "#d9c6a3") +
  rows(0, 330, 20, (turn) =>
    line("M400 60 v22", "#c0a77c", 6, `transform="rotate(${turn - 165} 400 168)" opacity=".7"`),
  ) +
  hood(p) +
  garment(
    p,
    { hem: 742, half: 172 },
    flapPocket(p, 268, 520, 104, 116) +
      flapPocket(p, 428, 520, 104, 116) +
      line("M230 456 Q400 474 570 456", p.deep, 6) +
      line("M300 372 V440 M500 372 V440", p.deep, 6) +
      box(384, 210, 32, 540, 0, p.shade),
  ) +
  zip(p, 216, 520) +
  cuffs(p.deep);

export const choreCoat: Drawing = (p) =>
  garment(
    p,
    { hem: 642, half: 160 },
    box(276, 482, 104, 122, 8, p.light, `stroke="${p.deep}" stroke-width="4"`) +
      box(420, 482, 104, 122, 8, p.light, `stroke="${p.deep}" stroke-width="4"`) +
      box(284, 320, 82, 92, 8, p.light, `stroke="${p.deep}" stroke-width="4"`) +
      line("M284 342 H366", p.deep, 3, 'stroke-dasharray="7 6"') +
      line("M400 220 V642", p.deep, 4) +
      line("M388 220 V642", p.deep, 2, 'stroke-dasharray="7 6"'),
  ) +
  buttons(p, 270, 600, 5) +
  both(line("M146 556 L238 572", p.deep, 4, 'stroke-dasharray="7 6"')) +
  collar(p.shade, p.deep);

export const anorak: Drawing = (p) =>
  hood(p) +
  garment(
    p,
    { hem: 654, half: 156 },
    shape(
      "M292 430 H508 V580 Q508 592 496 592 H304 Q292 592 292 580 Z",
      p.light,
      `stroke="${p.deep}" stroke-width="4"`,
    ) +
      shape("M284 424 H516 V470 H284 Z", p.shade, `stroke="${p.deep}" stroke-width="4"`) +
      disc(320, 448, 7, BRASS) +
      disc(480, 448, 7, BRASS) +
      line("M244 628 Q400 642 556 628", p.deep, 5),
  ) +
  zip(p, 214, 400) +
  line("M372 226 V316 M428 226 V316", CREAM, 6) +
  cuffs(p.deep);

const ARMHOLES =
  "M252 232 Q222 320 244 420 L276 420 Q262 320 284 226 Z M548 232 Q578 320 556 420 L524 420 Q538 320 516 226 Z";

export const vest: Drawing = (p) =>
  shape(ARMHOLES, p.deep) +
  garment(p, { hem: 640, half: 154, sleeve: "none" }, quilting(p, 250, 640)) +
  standCollar(p) +
  zip(p, 176, 632) +
  line("M292 560 L330 500 M508 560 L470 500", p.line, 7);

export const fleeceVest: Drawing = (p) =>
  shape(ARMHOLES, p.deep) +
  garment(
    p,
    { hem: 640, half: 154, sleeve: "none" },
    pile(p) + box(436, 312, 84, 96, 8, p.deep) + line("M436 338 H520", BRASS, 5),
  ) +
  standCollar(p) +
  zip(p, 176, 632) +
  shape("M250 628 H550 V642 H250 Z", p.deep);

export const fleece: Drawing = (p) =>
  garment(
    p,
    { hem: 642, half: 154 },
    pile(p) + box(436, 312, 84, 96, 8, p.deep) + line("M436 338 H520", BRASS, 5),
    rows(260, 600, 24, (y) => rows(140, 290, 24, (x) => line(`M${x} ${y} q5 -7 10 0`, p.base, 4, 'opacity=".7"'))),
  ) +
  standCollar(p) +
  zip(p, 176, 634) +
  cuffs(p.deep) +
  shape("M252 630 H548 V642 H252 Z", p.deep);

const RIBS = (p: Paint) => rows(226, 580, 16, (x) => line(`M${x} 190 V660`, p.deep, 3, 'opacity=".32"'));

export const sweater: Drawing = (p) =>
  garment(
    p,
    { hem: 640, half: 150 },
    RIBS(p) +
      rows(250, 360, 28, (y) => line(`M230 ${y} ${"l14 12 l14 -12 ".repeat(13)}`, CREAM, 5, 'opacity=".75"')) +
      box(230, 606, 340, 40, 0, p.shade) +
      rows(236, 570, 10, (x) => line(`M${x} 608 V640`, p.deep, 3, 'opacity=".5"')),
    rows(130, 300, 14, (x) => line(`M${x} 220 L${x - 40} 610`, p.deep, 3, 'opacity=".35"')),
  ) +
  crew(p) +
  cuffs(p.shade);

export const halfZip: Drawing = (p) =>
  garment(p, { hem: 636, half: 146 }, RIBS(p).replaceAll(".32", ".16") + box(230, 604, 340, 40, 0, p.shade)) +
  standCollar(p) +
  zip(p, 172, 350) +
  cuffs(p.shade);

export const longSleeve: Drawing = (p) =>
  garment(
    p,
    { hem: 632, half: 138 },
    line("M256 300 Q330 330 400 330 Q470 330 544 300", p.deep, 4, 'opacity=".5"') +
      box(286, 560, 26, 40, 3, CREAM, 'opacity=".85"'),
  ) +
  crew(p) +
  cuffs(p.shade);

export const tee: Drawing = (p) => {
  const ink = isPale(p) ? p.deep : CREAM;
  return (
    garment(
      p,
      { hem: 640, half: 144, sleeve: "short" },
      `<g opacity=".85">${line("M340 420 L380 356 L404 392 L424 366 L462 420 Z", ink, 6)}${disc(436, 344, 12, ink, 'opacity=".6"')}</g>`,
    ) + crew(p)
  );
};

export const shirt: Drawing = (p) =>
  garment(
    p,
    { hem: 656, half: 144 },
    box(288, 318, 80, 92, 8, p.light, `stroke="${p.deep}" stroke-width="3"`) +
      box(432, 318, 80, 92, 8, p.light, `stroke="${p.deep}" stroke-width="3"`) +
      line("M288 342 H368 M432 342 H512", p.deep, 3) +
      box(384, 210, 32, 460, 0, p.light) +
      line("M384 220 V656 M416 220 V656", p.deep, 2),
  ) +
  buttons(p, 262, 620, 7) +
  cuffs(p.light) +
  collar(p.light, p.deep);

export const plaidShirt: Drawing = (p) => {
  const dark = mix(p.base, "#14161c", 0.45);
  const check = (from: number, to: number) =>
    rows(
      from,
      to,
      70,
      (x) =>
        `${line(`M${x} 180 V700`, dark, 22, 'opacity=".38"')}${line(`M${x + 32} 180 V700`, CREAM, 4, 'opacity=".55"')}`,
    ) +
    rows(
      230,
      680,
      70,
      (y) =>
        `${line(`M100 ${y} H700`, dark, 22, 'opacity=".38"')}${line(`M100 ${y + 32} H700`, CREAM, 4, 'opacity=".55"')}`,
    );
  return (
    garment(
      p,
      { hem: 660, half: 148 },
      check(240, 600) +
        box(288, 322, 80, 90, 8, p.base, `stroke="${p.line}" stroke-width="3" fill-opacity=".7"`) +
        box(432, 322, 80, 90, 8, p.base, `stroke="${p.line}" stroke-width="3" fill-opacity=".7"`) +
        line("M386 220 V660 M414 220 V660", p.line, 3),
      check(110, 300),
    ) +
    buttons(p, 262, 620, 7) +
    cuffs(p.deep) +
    collar(p.shade, p.line)
  );
};

export const poncho: Drawing = (p) =>
  ground(724, 250) +
  hood(p) +
  shape(
    "M336 206 Q400 246 464 206 Q560 250 640 640 Q640 664 612 668 Q400 712 188 668 Q160 664 160 640 Q240 250 336 206 Z",
    p.base,
  ) +
  line("M300 268 Q262 440 246 676 M500 268 Q538 440 554 676", p.deep, 6, 'opacity=".45"') +
  line("M176 640 Q400 686 624 640", p.deep, 4, 'opacity=".6"') +
  shape("M316 420 H484 V520 Q484 536 468 536 H332 Q316 536 316 520 Z", p.light, `stroke="${p.deep}" stroke-width="4"`) +
  shape("M308 412 H492 V450 H308 Z", p.shade) +
  zip(p, 222, 380) +
  both(disc(196, 640, 9, BRASS));
