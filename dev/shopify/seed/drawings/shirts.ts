import { buttons, collar, crew, cuffs, garment, standCollar, zip } from "./garment";
import { box, CREAM, type Drawing, disc, isPale, line, mix, type Paint, rows } from "./ink";

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
