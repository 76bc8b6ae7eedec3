import { BRASS, both, box, CREAM, type Drawing, disc, ground, line, type Paint, rows, shape, within } from "./ink";

export const beanie: Drawing = (p) => {
  const dome = "M210 470 Q196 180 400 172 Q604 180 590 470 Z";
  return (
    ground(628, 220) +
    shape(dome, p.base) +
    within(
      "knit",
      dome,
      rows(170, 640, 22, (x) => line(`M${x} 480 Q${400 + (x - 400) * 0.9} 300 400 170`, p.deep, 4, 'opacity=".4"')),
    ) +
    shape("M192 452 Q400 490 608 452 Q622 520 608 586 Q400 626 192 586 Q178 520 192 452 Z", p.shade) +
    rows(200, 600, 20, (x) =>
      line(`M${x} ${470 + 14 * (1 - ((x - 400) / 210) ** 2)} v112`, p.deep, 4, 'opacity=".45"'),
    ) +
    box(372, 512, 56, 46, 5, CREAM) +
    line("M384 544 L396 526 L404 536 L410 530 L418 544", p.deep, 4)
  );
};

export const cap: Drawing = (p) =>
  ground(592, 240) +
  shape("M226 460 Q220 250 400 240 Q560 248 566 460 Q400 500 226 460 Z", p.base) +
  line("M400 240 Q350 340 356 478 M400 240 Q480 330 486 470", p.deep, 4, 'opacity=".6"') +
  shape("M560 420 Q700 470 706 530 Q600 540 480 520 Q430 508 420 480 Q500 470 560 420 Z", p.shade) +
  line("M452 498 Q580 524 694 526", p.light, 3, 'stroke-dasharray="8 7"') +
  disc(400, 240, 12, p.deep) +
  both(disc(318, 310, 5, p.deep)) +
  box(396, 350, 76, 62, 6, CREAM) +
  line("M408 398 L428 368 L440 384 L450 374 L462 398", p.deep, 5);

const GLOVE =
  "M250 690 V430 Q226 360 214 300 Q214 276 234 278 Q248 280 254 304 L276 380 L268 190 Q270 166 290 166 Q308 168 310 190 L318 370 L330 160 Q334 138 352 140 Q370 144 368 166 L362 372 L388 200 Q394 180 410 184 Q426 190 422 212 L404 400 Q420 410 444 366 Q458 344 476 354 Q492 366 480 390 L420 520 Q404 560 404 690 Z";

function glove(p: Paint): string {
  return `${shape(GLOVE, p.base)}${within("glove", GLOVE, `${box(230, 600, 200, 100, 0, p.deep)}${rows(250, 410, 14, (x) => line(`M${x} 606 V690`, p.light, 3, 'opacity=".45"'))}${line("M268 470 Q330 500 400 470 M272 510 Q330 536 396 510", p.deep, 5, 'opacity=".5"')}`)}`;
}

export const gloves: Drawing = (p) =>
  ground(720, 230) +
  `<g transform="translate(250 6)">${glove({ ...p, base: p.shade })}</g><g transform="translate(-60 20)">${glove(p)}</g>`;

export const mittens: Drawing = (p) => {
  const outline =
    "M262 690 V300 Q262 170 360 166 Q456 172 456 300 V360 Q486 320 512 336 Q536 356 516 396 L456 500 V690 Z";
  const one = `${shape(outline, p.base)}${within("mitten", outline, `${shape("M280 320 Q360 290 440 320 V520 H280 Z", p.deep, 'opacity=".55"')}${box(240, 560, 240, 44, 0, p.shade)}${box(240, 640, 240, 60, 0, p.deep)}`)}${box(330, 568, 70, 28, 6, BRASS)}`;
  return `${ground(720, 230)}<g transform="translate(160 -10)">${one}</g><g transform="translate(-110 18)">${one}</g>`;
};

export const gaiter: Drawing = (p) => {
  const tube = "M262 190 Q400 250 538 190 L556 590 Q400 660 244 590 Z";
  return (
    ground(668, 200) +
    shape(tube, p.base) +
    within(
      "tube",
      tube,
      rows(240, 660, 46, (y) =>
        line(`M230 ${y} Q400 ${y + 64} 570 ${y}`, y % 92 ? p.light : p.deep, 12, 'opacity=".55"'),
      ),
    ) +
    `<ellipse cx="400" cy="192" rx="138" ry="36" fill="${p.deep}"/>`
  );
};

export const scarf: Drawing = (p) =>
  ground(724, 190) +
  rows(
    0,
    5,
    1,
    (fringe) => line(`M${476 + fringe * 17} 660 v44`, p.deep, 6) + line(`M${272 + fringe * 17} 560 v44`, p.deep, 6),
  ) +
  shape("M466 330 H580 L572 664 H470 Z", p.shade) +
  shape("M262 330 H376 L366 566 H264 Z", p.shade) +
  shape(
    "M400 170 Q600 176 600 300 Q590 420 400 420 Q210 420 200 300 Q200 176 400 170 Z M400 250 Q300 250 300 296 Q310 330 400 332 Q490 330 500 296 Q500 250 400 250 Z",
    p.base,
    'fill-rule="evenodd"',
  ) +
  line("M220 300 Q250 384 400 388 Q560 384 580 300", p.light, 10, 'opacity=".7"') +
  line("M240 260 Q280 200 400 200 Q530 204 560 260", p.light, 8, 'opacity=".6"') +
  rows(440, 630, 60, (y) => line(`M470 ${y} H574`, CREAM, 8, 'opacity=".6"')) +
  rows(440, 540, 60, (y) => line(`M266 ${y} H370`, CREAM, 8, 'opacity=".6"'));

export const belt: Drawing = (p) =>
  ground(600, 240) +
  `<circle cx="400" cy="400" r="176" fill="none" stroke="${p.base}" stroke-width="64"/>` +
  `<circle cx="400" cy="400" r="196" fill="none" stroke="${p.light}" stroke-width="3" stroke-dasharray="9 8" opacity=".7"/>` +
  `<circle cx="400" cy="400" r="156" fill="none" stroke="${p.light}" stroke-width="3" stroke-dasharray="9 8" opacity=".7"/>` +
  line("M400 576 H640", p.base, 64, 'stroke-linecap="butt"') +
  shape("M640 544 Q676 576 640 608 Z", p.base) +
  rows(500, 620, 38, (x) => disc(x, 576, 7, p.line)) +
  `<rect x="372" y="524" width="86" height="104" rx="16" fill="none" stroke="${BRASS}" stroke-width="14"/>` +
  line("M372 576 H462", BRASS, 10);
