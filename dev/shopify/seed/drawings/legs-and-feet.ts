import {
  at,
  BRASS,
  both,
  box,
  CREAM,
  type Drawing,
  disc,
  ground,
  line,
  oval,
  type Paint,
  RUBBER,
  rows,
  shape,
  within,
} from "./ink";

const TROUSERS =
  "M282 130 H518 L566 690 Q566 704 552 704 H446 Q434 704 432 692 L400 330 L368 692 Q366 704 354 704 H248 Q234 704 234 690 Z";

function waist(p: Paint): string {
  return `${box(278, 116, 244, 42, 8, p.shade)}${rows(300, 500, 50, (x) => box(x - 6, 112, 12, 52, 4, p.deep))}${disc(400, 138, 9, BRASS)}`;
}

export const trousers: Drawing = (p) =>
  ground(726, 200) +
  shape(TROUSERS, p.base) +
  within(
    "legs",
    TROUSERS,
    both(
      shape("M252 430 L372 430 L366 560 L240 560 Z", p.shade, 'opacity=".75"') +
        line("M292 160 Q286 220 250 250", p.deep, 6) +
        box(262, 300, 66, 86, 8, p.light, `stroke="${p.deep}" stroke-width="4"`) +
        line("M322 200 L300 690", p.deep, 4, 'opacity=".3"'),
    ) + line("M400 160 V330", p.deep, 5),
  ) +
  waist(p);

const SHORTS =
  "M276 200 H524 L574 540 Q576 556 560 558 L438 570 Q426 570 424 558 L400 392 L376 558 Q374 570 362 570 L240 558 Q224 556 226 540 Z";

export const shorts: Drawing = (p) =>
  ground(600, 200) +
  shape(SHORTS, p.base) +
  within(
    "legs",
    SHORTS,
    both(
      line("M288 236 Q280 300 240 330", p.deep, 6) +
        line("M226 530 L376 544", p.deep, 4, 'stroke-dasharray="9 7"') +
        shape("M230 500 L262 500 L258 570 L220 570 Z", p.shade),
    ) + line("M400 240 V392", p.deep, 5),
  ) +
  at(0, 84, 0, waist(p)) +
  line("M386 232 Q372 280 382 300 M414 232 Q428 280 418 300", CREAM, 6);

const LEGGINGS =
  "M306 130 H494 Q520 320 492 470 L474 690 Q472 702 460 702 H436 Q424 702 424 690 L400 330 L376 690 Q376 702 364 702 H340 Q328 702 326 690 L308 470 Q280 320 306 130 Z";

export const leggings: Drawing = (p) =>
  ground(724, 140) +
  shape(LEGGINGS, p.base) +
  within(
    "legs",
    LEGGINGS,
    both(line("M318 170 Q300 420 344 690", p.light, 5, 'opacity=".6"') + box(320, 664, 70, 46, 0, p.shade)) +
      line("M370 172 Q400 300 430 172", p.light, 4, 'opacity=".5"'),
  ) +
  box(300, 112, 200, 56, 10, p.shade) +
  line("M306 140 H494", p.light, 3, 'stroke-dasharray="8 7"');

function pair(one: string): string {
  return `<g transform="translate(74 -40)" opacity=".92">${one}</g><g transform="translate(-30 24)">${one}</g>`;
}

function boot(p: Paint): string {
  const upper = "M250 230 Q310 216 400 236 L408 396 Q440 452 520 470 Q606 486 612 548 L612 570 H238 Q226 420 250 230 Z";
  return (
    shape(upper, p.base) +
    within(
      "boot",
      upper,
      `${shape("M232 480 H340 V580 H220 Z", p.shade)}${shape("M520 470 Q606 486 620 580 H520 Q510 520 520 470 Z", p.shade)}${line("M340 300 Q348 440 330 570", p.deep, 5, 'opacity=".5"')}`,
    ) +
    box(238, 212, 172, 44, 20, p.deep) +
    rows(
      270,
      420,
      38,
      (y) => `${line(`M398 ${y} L${344 - (y - 270) * 0.05} ${y + 14}`, CREAM, 8)}${disc(400, y, 7, BRASS)}`,
    ) +
    line("M420 440 L380 470 M452 462 L420 494", CREAM, 8) +
    shape("M230 562 H622 Q634 600 606 606 H246 Q224 606 230 562 Z", RUBBER) +
    rows(250, 590, 34, (x) => box(x, 598, 20, 16, 3, RUBBER)) +
    line("M236 562 H616", CREAM, 5, 'opacity=".5"')
  );
}

export const boots: Drawing = (p) => ground(636, 250) + pair(boot(p));

function sneaker(p: Paint): string {
  const upper =
    "M226 400 Q246 372 280 388 Q320 402 358 360 Q380 344 400 366 Q460 440 560 462 Q620 476 622 530 V548 H222 Q208 470 226 400 Z";
  return (
    shape(upper, p.base) +
    within(
      "shoe",
      upper,
      `${shape("M540 450 Q630 470 630 560 H520 Q520 500 540 450 Z", p.shade)}${shape("M214 440 H290 V560 H210 Z", p.deep, 'opacity=".6"')}${line("M300 540 Q360 470 440 470", p.light, 14)}`,
    ) +
    line("M226 400 Q246 372 280 388 Q320 402 358 360", p.deep, 12) +
    line("M372 396 L420 372 M398 426 L446 402 M430 450 L478 428", CREAM, 9) +
    shape("M212 540 H628 Q642 570 622 588 Q600 600 560 596 L262 600 Q212 600 212 540 Z", CREAM) +
    shape("M214 580 Q420 604 628 578 Q626 604 590 606 H256 Q220 606 214 580 Z", RUBBER)
  );
}

export const sneakers: Drawing = (p) => `${ground(632, 250)}<g transform="translate(0 -40)">${pair(sneaker(p))}</g>`;

function wellington(p: Paint): string {
  const outline = "M262 130 H408 L414 440 Q440 490 520 500 Q600 512 600 580 H256 Q244 500 258 420 Z";
  return (
    shape(outline, p.base) +
    within(
      "boot",
      outline,
      `${shape("M262 130 H318 L306 580 H240 Z", p.light, 'opacity=".45"')}${shape("M520 498 Q610 512 610 590 H500 Q500 530 520 498 Z", p.shade)}${box(250, 200, 180, 20, 0, p.deep)}`,
    ) +
    box(256, 118, 158, 30, 12, p.shade) +
    box(352, 192, 34, 36, 6, BRASS) +
    shape("M252 572 H606 Q616 612 590 614 H266 Q244 614 252 572 Z", RUBBER)
  );
}

export const rubberBoots: Drawing = (p) => ground(650, 240) + pair(wellington(p));

function slipper(p: Paint): string {
  return (
    oval(420, 520, 200, 62, "#8a6d4f") +
    oval(420, 508, 196, 56, p.light) +
    shape("M392 470 Q420 400 520 412 Q622 428 618 520 Q600 566 470 566 Q388 560 392 470 Z", p.base) +
    line("M392 474 Q400 540 470 562", p.deep, 10) +
    rows(430, 590, 26, (x) => line(`M${x} 440 l8 12`, p.light, 4, 'opacity=".8"')) +
    oval(308, 508, 74, 34, p.deep, 'opacity=".35"')
  );
}

export const slippers: Drawing = (p) => `${ground(610, 240)}<g transform="translate(-10 -60)">${pair(slipper(p))}</g>`;

function sock(p: Paint): string {
  const outline =
    "M300 140 H440 L446 430 Q452 470 500 500 L570 548 Q610 590 570 634 Q540 662 490 640 L340 560 Q288 530 294 460 Z";
  return (
    shape(outline, p.base) +
    within(
      "sock",
      outline,
      `${box(280, 130, 190, 66, 0, p.deep)}${rows(290, 450, 14, (x) => line(`M${x} 140 V190`, p.light, 3, 'opacity=".5"'))}${rows(230, 330, 36, (y) => line(`M280 ${y} H460`, CREAM, 9, 'opacity=".8"'))}${disc(560, 610, 74, p.deep)}${shape("M280 430 Q360 440 350 570 L270 560 Z", p.deep)}`,
    )
  );
}

export const socks: Drawing = (p) => `${ground(704, 210)}<g transform="translate(30 -20)">${pair(sock(p))}</g>`;
