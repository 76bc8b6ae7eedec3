import {
  buttons,
  collar,
  cuffs,
  flapPocket,
  garment,
  hood,
  pile,
  QUILTED_ARM,
  quilting,
  standCollar,
  zip,
} from "./garment";
import { BRASS, both, box, CREAM, type Drawing, disc, ground, line, rows, shape } from "./ink";

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
