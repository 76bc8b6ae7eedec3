import { BRASS, both, box, CREAM, type Drawing, disc, ground, line, rows, STEEL, shape, within } from "./ink";

export const backpack: Drawing = (p) =>
  ground(726, 190) +
  both(line("M286 330 Q214 430 270 640", p.deep, 26)) +
  box(262, 236, 276, 474, 60, p.base) +
  both(box(230, 470, 60, 190, 26, p.shade)) +
  shape("M270 210 Q274 130 400 124 Q526 130 530 210 L536 290 Q400 326 264 290 Z", p.shade) +
  line("M360 126 Q400 84 440 126", p.line, 14) +
  line("M330 280 V420 M470 280 V420", p.line, 16) +
  box(318, 384, 24, 40, 5, BRASS) +
  box(458, 384, 24, 40, 5, BRASS) +
  box(296, 456, 208, 196, 28, p.light, `stroke="${p.deep}" stroke-width="5"`) +
  line("M316 506 H484", p.deep, 7) +
  box(470, 500, 12, 34, 5, CREAM) +
  box(362, 560, 76, 52, 6, CREAM) +
  line("M376 600 L394 576 L404 590 L412 580 L424 600", p.deep, 4) +
  box(290, 664, 220, 56, 28, p.deep);

export const daypack: Drawing = (p) =>
  ground(696, 170) +
  both(line("M300 250 Q236 400 282 620", p.deep, 24)) +
  shape("M284 300 Q284 140 400 136 Q516 140 516 300 V624 Q516 684 456 684 H344 Q284 684 284 624 Z", p.base) +
  line("M370 140 Q400 96 430 140", p.line, 14) +
  line("M300 320 Q310 190 400 184 Q490 190 500 320", p.deep, 6) +
  box(308, 420, 184, 210, 30, p.shade, `stroke="${p.deep}" stroke-width="5"`) +
  line("M330 462 H470", p.line, 7) +
  box(456, 456, 12, 36, 5, BRASS) +
  box(376, 270, 48, 60, 8, p.deep) +
  line("M388 282 V318 M412 282 V318", p.light, 5) +
  both(box(262, 520, 40, 120, 18, p.deep));

export const rollTop: Drawing = (p) =>
  ground(716, 180) +
  both(line("M296 280 Q230 420 284 640", p.deep, 22)) +
  box(276, 250, 248, 456, 26, p.base) +
  box(268, 166, 264, 62, 28, p.shade) +
  box(278, 214, 244, 50, 20, p.light) +
  line("M296 194 H504", p.deep, 4, 'stroke-dasharray="10 8"') +
  line("M400 226 V470", "#6b4a2f", 26, 'stroke-linecap="butt"') +
  box(380, 436, 40, 48, 8, BRASS) +
  box(306, 500, 188, 160, 14, p.shade, `stroke="${p.deep}" stroke-width="5"`) +
  line("M306 542 H494", p.deep, 5) +
  box(276, 672, 248, 34, 14, p.deep);

export const duffel: Drawing = (p) =>
  ground(632, 280) +
  box(130, 300, 540, 312, 110, p.base) +
  both(shape("M240 300 Q130 306 130 410 V502 Q130 606 240 612 Q196 456 240 300 Z", p.shade)) +
  line("M214 352 H586", p.line, 16) +
  line("M214 352 H586", BRASS, 4, 'stroke-dasharray="6 8"') +
  line("M310 610 V330 Q312 220 400 216 Q488 220 490 330 V610", p.deep, 24) +
  box(360, 200, 80, 40, 18, "#6b4a2f") +
  box(346, 440, 108, 76, 8, CREAM) +
  line("M368 500 L392 462 L406 484 L416 470 L434 500", p.deep, 6);

export const dryBag: Drawing = (p) => {
  const bag = (x: number, y: number, width: number, fill: string, dark: string) =>
    `${box(x, y + 70, width, 660 - y - 40, 30, fill)}${box(x + 10, y, width - 20, 84, 20, dark)}${line(`M${x + 24} ${y + 40} H${x + width - 24}`, CREAM, 5, 'opacity=".6"')}${box(x + width / 2 - 24, y + 14, 48, 34, 8, "#33312f")}${box(x + width / 2 - 30, y + 190, 60, 60, 30, CREAM, 'opacity=".8"')}`;
  return `${ground(706, 250)}${bag(170, 380, 150, p.light, p.base)}${bag(470, 270, 170, p.shade, p.deep)}${bag(290, 140, 200, p.base, p.shade)}`;
};

export const hipPack: Drawing = (p) =>
  ground(578, 250) +
  line("M150 330 Q120 420 220 440 M650 330 Q680 420 580 440", p.deep, 30) +
  line("M150 330 Q400 220 650 330", p.deep, 30) +
  shape(
    "M206 350 H594 Q616 350 612 380 L586 510 Q574 556 520 556 H280 Q226 556 214 510 L188 380 Q184 350 206 350 Z",
    p.base,
  ) +
  shape("M236 430 H564 L550 508 Q544 540 510 540 H290 Q256 540 250 508 Z", p.shade) +
  line("M230 392 H570", p.line, 12) +
  line("M230 392 H570", BRASS, 4, 'stroke-dasharray="6 8"') +
  box(556, 384, 16, 46, 6, BRASS) +
  box(362, 460, 76, 46, 6, CREAM);

export const giftCard: Drawing = (p) => {
  const card = "M170 250 H630 Q656 250 656 276 V560 Q656 586 630 586 H170 Q144 586 144 560 V276 Q144 250 170 250 Z";
  return (
    ground(624, 260) +
    `<g transform="rotate(-5 400 420)">${shape(card, p.base)}${within(
      "card",
      card,
      shape("M144 520 L270 380 L350 460 L450 330 L660 540 V600 H144 Z", p.shade) +
        shape("M144 560 L300 470 L420 540 L540 450 L660 550 V600 H144 Z", p.deep) +
        disc(560, 330, 34, "#f3d58a") +
        box(470, 240, 34, 360, 0, BRASS, 'opacity=".9"'),
    )}${line("M487 300 Q430 250 440 310 Q450 340 487 320 Q540 250 534 310 Q524 344 487 320", BRASS, 12)}</g>`
  );
};

export const bottle: Drawing = (p) =>
  ground(716, 110) +
  box(312, 250, 176, 456, 44, p.base) +
  box(312, 250, 60, 456, 30, p.light, 'opacity=".45"') +
  shape("M322 270 Q326 208 352 196 H448 Q474 208 478 270 Z", p.shade) +
  box(340, 122, 120, 84, 18, STEEL) +
  rows(352, 450, 14, (x) => line(`M${x} 136 V194`, "#7d868c", 4, 'opacity=".6"')) +
  line("M366 120 Q400 78 434 120", "#7d868c", 14) +
  line("M352 480 L384 432 L402 458 L414 442 L446 480 Z", CREAM, 7) +
  box(312, 660, 176, 46, 20, STEEL);

export const mug: Drawing = (p) =>
  ground(620, 200) +
  `<path d="M556 330 Q680 330 672 440 Q660 530 548 530" fill="none" stroke="${p.base}" stroke-width="36"/>` +
  `<path d="M556 330 Q680 330 672 440 Q660 530 548 530" fill="none" stroke="${p.line}" stroke-width="4" opacity=".35"/>` +
  shape("M220 260 H580 L564 570 Q562 606 524 606 H276 Q238 606 236 570 Z", p.base) +
  shape("M440 260 H580 L564 570 Q562 606 524 606 H470 Z", p.shade, 'opacity=".55"') +
  `<ellipse cx="400" cy="262" rx="180" ry="34" fill="#2d3238"/><ellipse cx="400" cy="270" rx="160" ry="24" fill="#6d4a30"/>` +
  rows(0, 9, 1, (speck) => disc(262 + ((speck * 97) % 280), 330 + ((speck * 61) % 240), 5, p.line, 'opacity=".35"')) +
  line("M336 480 L378 410 L404 448 L424 420 L466 480 Z", p.line, 8, 'opacity=".8"') +
  line("M340 210 Q324 180 344 150 M410 206 Q394 172 414 140 M480 210 Q464 182 484 152", "#b8b0a2", 10, 'opacity=".7"');
