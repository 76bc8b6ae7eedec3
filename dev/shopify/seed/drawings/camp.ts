import {
  BRASS,
  both,
  box,
  CREAM,
  type Drawing,
  disc,
  GLOW,
  glow,
  ground,
  line,
  oval,
  RUBBER,
  rows,
  STEEL,
  shape,
  within,
} from "./ink";

export const tent: Drawing = (p) =>
  ground(612, 330) +
  shape("M96 600 Q150 300 330 236 Q520 200 650 420 L716 600 Z", p.base) +
  shape("M330 236 Q520 200 650 420 L716 600 H470 Q460 360 330 236 Z", p.shade) +
  shape("M200 600 Q220 400 330 300 Q430 400 446 600 Z", p.deep) +
  shape("M218 600 Q240 430 330 320 Q322 470 300 600 Z", p.light) +
  line("M330 236 Q450 340 470 600 M330 236 Q180 320 150 600", p.line, 5, 'opacity=".5"') +
  line("M540 262 Q600 420 606 600", p.line, 4, 'opacity=".4"') +
  line("M330 236 L56 560 M650 420 L764 610", CREAM, 4) +
  line("M56 560 l-10 46 M764 610 l8 20", STEEL, 8);

export const bellTent: Drawing = (p) =>
  ground(640, 330) +
  shape("M400 130 L690 470 V626 H110 V470 Z", p.base) +
  shape("M400 130 L690 470 V626 H520 Z", p.shade) +
  shape("M400 130 L270 626 H110 V470 Z", p.light, 'opacity=".5"') +
  line("M110 470 Q400 520 690 470", p.deep, 6) +
  shape("M400 250 L330 626 H470 Z", "#3d3128") +
  shape("M400 250 L330 626 H366 Q392 430 400 250 Z", p.light) +
  shape("M400 250 L470 626 H434 Q408 430 400 250 Z", p.shade) +
  disc(400, 128, 14, BRASS) +
  line("M400 114 V80", "#6b4a2f", 8) +
  shape("M400 82 L462 98 L400 116 Z", "#b4552f") +
  line("M110 480 L40 620 M690 480 L760 620 M200 380 L70 626 M600 380 L730 626", CREAM, 4) +
  oval(400, 540, 20, 14, GLOW, 'opacity=".7"');

export const tarp: Drawing = (p) =>
  ground(640, 300) +
  line("M190 640 V300 M610 640 V250", "#7a5a3c", 14) +
  shape("M130 350 Q300 240 640 232 L690 420 Q470 400 250 560 Z", p.base) +
  shape("M130 350 Q300 240 640 232 L470 420 Q300 470 250 560 Z", p.light, 'opacity=".4"') +
  line("M250 560 Q470 400 690 420 M130 350 L250 560", p.deep, 6) +
  line("M400 268 Q420 380 440 448", p.deep, 4, 'opacity=".5"') +
  line("M130 350 L60 640 M250 560 L220 642 M690 420 L750 640 M640 232 L730 640", CREAM, 4);

export const hammock: Drawing = (p) =>
  ground(640, 260) +
  box(92, 130, 36, 520, 12, "#6d5140") +
  box(672, 130, 36, 520, 12, "#6d5140") +
  both(line("M110 250 L200 330", CREAM, 8) + box(88, 234, 44, 26, 6, p.line)) +
  shape("M196 320 Q230 560 400 566 Q570 560 604 320 Q590 460 400 470 Q210 460 196 320 Z", p.base) +
  shape("M196 320 Q210 460 400 470 Q590 460 604 320 Q540 420 400 424 Q260 420 196 320 Z", p.deep) +
  line("M240 450 Q320 540 400 540 Q500 540 560 450", p.light, 8, 'opacity=".6"') +
  line("M300 440 L330 540 M500 440 L470 540", p.shade, 6, 'opacity=".7"');

export const sleepingBag: Drawing = (p) => {
  const bag =
    "M280 170 Q400 96 520 170 Q570 230 556 330 Q540 520 490 660 Q478 706 400 708 Q322 706 310 660 Q260 520 244 330 Q230 230 280 170 Z";
  return (
    ground(722, 150) +
    shape(bag, p.base) +
    within(
      "bag",
      bag,
      rows(
        250,
        690,
        48,
        (y) =>
          `${line(`M230 ${y} Q400 ${y + 30} 570 ${y}`, p.deep, 5, 'opacity=".55"')}${line(`M230 ${y + 12} Q400 ${y + 42} 570 ${y + 12}`, p.light, 9, 'opacity=".4"')}`,
      ),
    ) +
    oval(400, 206, 104, 62, p.deep) +
    oval(400, 216, 84, 46, "#e9dcc2") +
    shape("M330 226 Q400 190 470 226 Q480 250 400 254 Q320 250 330 226 Z", CREAM) +
    line("M486 250 Q500 430 440 690", BRASS, 5, 'stroke-dasharray="6 8"')
  );
};

export const mat: Drawing = (p) =>
  ground(664, 240) +
  `<g transform="rotate(-18 400 420)">${box(250, 120, 270, 560, 60, p.base)}${rows(160, 640, 50, (y) => `${line(`M266 ${y} H504`, p.deep, 5, 'opacity=".5"')}${line(`M266 ${y + 12} H504`, p.light, 10, 'opacity=".5"')}`)}${line("M340 130 V670 M430 130 V670", p.deep, 4, 'opacity=".35"')}${box(486, 120, 30, 30, 10, p.line)}</g>` +
  `<g transform="translate(150 210)">${box(330, 300, 200, 110, 50, p.shade)}${oval(346, 355, 34, 52, p.deep)}${oval(346, 355, 18, 30, p.base)}${line("M400 300 V410 M470 300 V410", p.line, 10)}</g>`;

export const pillow: Drawing = (p) =>
  ground(590, 250) +
  shape(
    "M180 270 Q400 220 620 270 Q650 280 646 330 Q630 420 646 520 Q648 566 610 572 Q400 608 190 572 Q152 566 154 520 Q170 420 154 330 Q150 280 180 270 Z",
    p.base,
  ) +
  line("M190 300 Q400 256 610 300 M190 544 Q400 580 610 544", p.deep, 4, 'stroke-dasharray="10 9" opacity=".7"') +
  shape("M250 360 Q400 320 550 360 Q500 420 550 490 Q400 524 250 490 Q300 420 250 360 Z", p.light, 'opacity=".6"') +
  box(596, 470, 44, 34, 6, CREAM);

export const stove: Drawing = (p) =>
  ground(700, 170) +
  oval(400, 680, 130, 26, "#3d4a3f") +
  shape("M270 540 Q270 500 330 494 H470 Q530 500 530 540 V676 Q400 704 270 676 Z", "#4d6a52") +
  box(270, 580, 260, 54, 0, CREAM, 'opacity=".85"') +
  box(380, 420, 40, 84, 6, STEEL) +
  box(420, 446, 110, 18, 8, BRASS) +
  box(520, 432, 40, 46, 8, p.base) +
  both(line("M390 420 L270 300 M270 300 H210", p.line, 14) + line("M360 390 L320 300", p.line, 10)) +
  box(330, 372, 140, 46, 20, p.base) +
  both(
    shape("M346 372 Q330 330 352 300 Q356 330 372 336 Q366 310 384 284 Q400 320 400 372 Z", "#5f9bd0") +
      shape("M366 372 Q360 344 376 330 Q384 344 400 350 V372 Z", "#dff0ff"),
  );

export const cookset: Drawing = (p) =>
  ground(676, 260) +
  line("M560 560 H724", RUBBER, 22) +
  shape("M214 450 H586 V610 Q584 660 530 660 H270 Q216 660 214 610 Z", p.base) +
  shape("M470 450 H586 V610 Q584 660 530 660 H450 Z", p.shade, 'opacity=".7"') +
  oval(400, 450, 186, 30, p.deep) +
  shape("M262 300 H538 V430 Q536 452 500 456 H300 Q264 452 262 430 Z", p.light) +
  shape("M460 300 H538 V430 Q536 452 500 456 H450 Z", p.base, 'opacity=".7"') +
  oval(400, 300, 138, 24, p.shade) +
  shape("M280 290 Q400 180 520 290 Z", p.shade) +
  disc(400, 214, 20, RUBBER) +
  `<path d="M262 340 Q200 350 206 410" fill="none" stroke="${STEEL}" stroke-width="12"/>`;

export const cutlery: Drawing = (p) =>
  ground(690, 220) +
  box(196, 420, 408, 260, 20, "#dccfb8") +
  line("M196 480 H604", "#b9a883", 5, 'stroke-dasharray="10 8"') +
  box(286, 300, 26, 320, 12, p.base) +
  shape(
    "M262 150 Q262 120 270 120 V220 H282 V120 H292 V220 H304 V120 H314 V220 H326 V120 Q336 120 336 150 V250 Q336 300 299 306 Q262 300 262 250 Z",
    p.base,
  ) +
  box(387, 300, 26, 320, 12, p.shade) +
  oval(400, 210, 46, 92, p.shade) +
  oval(394, 200, 28, 66, p.light, 'opacity=".7"') +
  box(488, 330, 26, 290, 12, p.base) +
  shape("M486 340 V130 Q520 140 524 230 Q526 300 514 340 Z", p.light) +
  box(196, 500, 408, 180, 20, "#e6dac3") +
  line("M360 590 H440", "#6b4a2f", 16) +
  disc(400, 590, 16, "#6b4a2f");

export const headlamp: Drawing = (p) =>
  ground(640, 220) +
  `<ellipse cx="400" cy="420" rx="236" ry="130" fill="none" stroke="${p.base}" stroke-width="50"/>` +
  `<ellipse cx="400" cy="420" rx="236" ry="130" fill="none" stroke="${p.line}" stroke-width="6" stroke-dasharray="18 14" opacity=".5"/>` +
  box(296, 440, 208, 150, 40, RUBBER) +
  disc(366, 515, 48, "#d8dde0") +
  disc(366, 515, 34, GLOW) +
  disc(454, 515, 24, "#d8dde0") +
  disc(454, 515, 15, "#c85a4a") +
  box(370, 426, 60, 20, 8, p.base) +
  glow(366, 515, 170);

export const lantern: Drawing = (p) =>
  ground(712, 130) +
  line("M300 300 Q296 110 400 104 Q504 110 500 300", p.line, 12) +
  glow(400, 460, 260) +
  shape("M290 300 Q300 210 400 204 Q500 210 510 300 Z", p.base) +
  box(300, 300, 200, 290, 24, "#fff3cf") +
  oval(400, 450, 34, 70, "#ffc95e", 'opacity=".9"') +
  oval(400, 470, 18, 40, "#fff7de") +
  both(box(296, 296, 16, 300, 6, p.deep)) +
  line("M306 400 H494 M306 500 H494", p.deep, 6, 'opacity=".6"') +
  shape("M276 590 H524 L544 690 Q544 704 528 704 H272 Q256 704 256 690 Z", p.base) +
  disc(400, 648, 22, p.deep) +
  box(360, 186, 80, 30, 12, p.deep);

export const knife: Drawing = (p) =>
  ground(600, 250) +
  `<g transform="rotate(-24 400 420)">${shape("M400 388 L700 372 Q730 376 716 404 Q680 444 400 444 Z", "#c9d0d5")}${shape("M400 426 L706 410 Q680 444 400 444 Z", "#9aa4ab")}${shape("M120 400 Q120 372 150 374 L410 384 Q424 416 410 452 L170 470 Q112 468 120 400 Z", p.base)}${line("M150 392 Q280 396 400 402", p.light, 6, 'opacity=".7"')}${line("M160 448 Q280 446 396 436", p.deep, 5, 'opacity=".6"')}${box(392, 380, 30, 76, 8, BRASS)}${disc(300, 422, 10, BRASS)}${disc(150, 424, 12, "#3d3128")}</g>`;

export const poles: Drawing = (p) => {
  const pole = `${line("M400 150 V690", p.base, 16)}${line("M400 150 V690", p.light, 4, 'opacity=".7"')}${box(378, 96, 44, 140, 20, "#b98a5b")}${rows(120, 220, 22, (y) => line(`M382 ${y} H418`, "#8a6443", 4))}${line("M390 110 Q340 170 384 240", RUBBER, 8)}${box(384, 400, 32, 36, 6, RUBBER)}${oval(400, 650, 40, 12, RUBBER)}${line("M400 690 V720", STEEL, 10)}`;
  return `${ground(730, 180)}<g transform="translate(-60 0) rotate(-9 400 420)">${pole}</g><g transform="translate(60 0) rotate(9 400 420)">${pole}</g>`;
};

export const tin: Drawing = (p) =>
  ground(610, 220) +
  shape("M206 420 H594 V540 Q590 600 400 604 Q210 600 206 540 Z", STEEL) +
  shape("M500 420 H594 V540 Q592 580 500 594 Z", "#8b949a") +
  oval(400, 420, 194, 66, "#c6cdd2") +
  oval(400, 420, 168, 52, p.base) +
  oval(360, 410, 70, 20, p.light, 'opacity=".7"') +
  box(290, 490, 220, 70, 6, CREAM) +
  line("M330 540 L366 504 L386 526 L402 510 L430 540", p.line, 6) +
  `<g transform="translate(120 -110) rotate(12 400 420)">${oval(400, 400, 150, 50, "#b6bec4")}${oval(400, 390, 150, 50, p.shade)}${line("M330 390 H470", CREAM, 10, 'opacity=".8"')}</g>`;
