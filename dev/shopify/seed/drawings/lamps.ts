import { BRASS, both, box, CREAM, type Drawing, disc, GLOW, glow, ground, line, mix, oval, rows, shape } from "./ink";

export const arcLamp: Drawing = (p) =>
  ground(724, 150, 250) +
  glow(566, 420, 170) +
  line("M240 700 V420 Q240 130 430 130 Q566 136 566 290", p.base, 14) +
  line("M236 690 V420 Q236 126 430 126", p.light, 4, 'opacity=".7"') +
  shape("M470 380 Q480 292 566 288 Q652 292 662 380 Z", CREAM) +
  shape("M566 288 Q652 292 662 380 H590 Z", "#d9ccb0", 'opacity=".7"') +
  oval(566, 380, 96, 18, GLOW) +
  box(160, 690, 180, 36, 10, "#e9e6e0") +
  line("M176 706 Q230 694 260 712 T330 704", "#b9b4aa", 4);

export const tripodLamp: Drawing = (p) =>
  ground(736, 190) +
  glow(400, 260, 210) +
  line("M400 380 L250 730 M400 380 L550 730 M400 380 L420 722", p.base, 18) +
  line("M396 384 L246 730 M404 384 L554 730", p.deep, 4, 'opacity=".6"') +
  line("M318 572 L484 572", p.deep, 7) +
  box(376, 352, 48, 44, 10, BRASS) +
  shape("M270 140 H530 L556 352 H244 Z", CREAM) +
  shape("M440 140 H530 L556 352 H460 Z", "#dccfb4", 'opacity=".7"') +
  oval(400, 352, 156, 16, GLOW) +
  line("M270 140 H530", "#cdbf9f", 6);

export const tableLamp: Drawing = (p) =>
  ground(708, 150) +
  glow(400, 300, 220) +
  shape(
    "M352 420 H448 Q438 470 486 520 Q536 590 500 660 Q488 700 400 702 Q312 700 300 660 Q264 590 314 520 Q362 470 352 420 Z",
    p.base,
  ) +
  shape(
    "M420 420 H448 Q438 470 486 520 Q536 590 500 660 Q488 700 420 702 Q480 600 420 420 Z",
    p.shade,
    'opacity=".8"',
  ) +
  line("M330 560 Q320 600 334 650", p.light, 12, 'opacity=".7"') +
  box(380, 390, 40, 36, 6, BRASS) +
  shape("M310 150 H490 L560 392 H240 Z", CREAM) +
  rows(0, 12, 1, (fold) => line(`M${316 + fold * 14} 152 L${252 + fold * 24.6} 390`, "#cdbf9f", 4, 'opacity=".7"')) +
  oval(400, 392, 160, 18, GLOW) +
  line("M310 150 H490", "#cdbf9f", 6);

export const mushroomLamp: Drawing = (p) =>
  ground(690, 150) +
  glow(400, 360, 250) +
  shape("M340 400 H460 Q466 560 520 640 Q532 676 400 682 Q268 676 280 640 Q334 560 340 400 Z", p.base) +
  shape("M420 400 H460 Q466 560 520 640 Q530 674 440 680 Q450 560 420 400 Z", p.shade, 'opacity=".6"') +
  shape("M176 420 Q176 200 400 192 Q624 200 624 420 Q620 446 400 450 Q180 446 176 420 Z", p.light) +
  shape("M470 202 Q624 236 624 420 Q622 440 500 447 Q560 320 470 202 Z", p.base, 'opacity=".75"') +
  oval(400, 436, 206, 20, GLOW, 'opacity=".9"') +
  line("M232 360 Q246 270 320 236", "#ffffff", 14, 'opacity=".7"');

export const deskLamp: Drawing = (p) =>
  ground(716, 190, 340) +
  shape("M500 330 L690 620 H430 Z", GLOW, 'opacity=".4"') +
  oval(340, 690, 140, 30, p.deep) +
  oval(340, 680, 140, 28, p.base) +
  line("M340 670 L250 420 L480 210", p.base, 18) +
  line("M356 664 L268 424", p.deep, 6) +
  line("M262 400 L468 214", p.light, 5, 'opacity=".7"') +
  disc(250, 420, 22, BRASS) +
  disc(480, 212, 20, BRASS) +
  shape("M440 220 Q500 150 560 200 L640 312 Q560 300 480 366 Z", p.base) +
  shape("M560 200 L640 312 Q606 306 570 314 Z", p.shade) +
  `<ellipse cx="560" cy="340" rx="96" ry="26" transform="rotate(-34 560 340)" fill="${GLOW}"/>`;

export const ringPendant: Drawing = (p) =>
  glow(400, 500, 260) +
  box(350, 60, 100, 24, 10, p.deep) +
  line("M400 84 L190 470 M400 84 L610 470 M400 84 L420 420", p.line, 4) +
  `<ellipse cx="400" cy="490" rx="240" ry="86" fill="none" stroke="${p.base}" stroke-width="34"/>` +
  `<ellipse cx="400" cy="502" rx="240" ry="86" fill="none" stroke="${GLOW}" stroke-width="16"/>` +
  `<ellipse cx="400" cy="480" rx="240" ry="86" fill="none" stroke="${p.light}" stroke-width="5"/>`;

export const globePendant: Drawing = (p) =>
  glow(400, 440, 290) +
  line("M400 60 V210", "#4a4d53", 6) +
  disc(400, 440, 232, p.base) +
  shape("M400 208 A232 232 0 0 1 400 672 Q520 440 400 208 Z", p.shade, 'opacity=".35"') +
  rows(240, 650, 34, (y) => {
    const half = Math.sqrt(Math.max(0, 232 ** 2 - (y - 440) ** 2));
    return line(
      `M${400 - half} ${y} Q400 ${y + 22} ${400 + half} ${y}`,
      mix(p.base, "#6d5140", 0.35),
      3,
      'opacity=".8"',
    );
  }) +
  oval(360, 420, 110, 120, "#fff8e4", 'opacity=".55"') +
  oval(400, 212, 40, 12, "#4a4d53");

export const domePendant: Drawing = (p) =>
  shape("M200 470 L110 760 H690 L600 470 Z", GLOW, 'opacity=".35"') +
  line("M400 40 V250", "#4a4d53", 7) +
  box(378, 226, 44, 50, 10, BRASS) +
  shape("M180 480 Q184 276 400 268 Q616 276 620 480 Z", p.base) +
  shape("M450 270 Q616 300 620 480 H520 Q540 360 450 270 Z", p.shade) +
  line("M232 440 Q244 350 320 312", p.light, 14, 'opacity=".8"') +
  oval(400, 480, 220, 34, "#fff4d6") +
  oval(400, 492, 60, 26, "#ffffff");

export const sconce: Drawing = (p) =>
  glow(480, 330, 240) +
  box(170, 250, 70, 330, 30, p.shade) +
  box(178, 258, 54, 314, 24, p.base) +
  line("M216 430 H380 Q410 428 410 390", p.base, 20) +
  line("M216 424 H380", p.light, 5, 'opacity=".7"') +
  disc(300, 430, 22, p.deep) +
  shape("M330 190 H520 L580 390 H290 Z", CREAM) +
  shape("M470 190 H520 L580 390 H500 Z", "#dccfb4", 'opacity=".7"') +
  oval(436, 390, 146, 16, GLOW) +
  line("M206 580 Q200 680 240 760", p.deep, 6);

export const stringLights: Drawing = (p) => {
  const bulbs: [number, number][] = [
    [130, 250],
    [250, 330],
    [390, 366],
    [530, 340],
    [660, 262],
    [170, 500],
    [310, 572],
    [460, 590],
    [610, 530],
  ];
  return (
    line("M40 190 Q400 480 760 190", p.base, 10) +
    line("M40 430 Q400 710 760 430", p.base, 10) +
    bulbs
      .map(
        ([x, y]) =>
          `${glow(x, y + 74, 90)}${box(x - 14, y, 28, 40, 6, p.deep)}${shape(`M${x - 16} ${y + 36} Q${x - 48} ${y + 80} ${x - 26} ${y + 108} Q${x} ${y + 130} ${x + 26} ${y + 108} Q${x + 48} ${y + 80} ${x + 16} ${y + 36} Z`, "#ffdf94")}${oval(x, y + 82, 12, 22, "#fff7de")}`,
      )
      .join("")
  );
};

export const bulb: Drawing = (p) =>
  glow(400, 320, 270) +
  shape(
    "M344 500 Q340 450 296 404 Q236 330 268 244 Q306 150 400 148 Q494 150 532 244 Q564 330 504 404 Q460 450 456 500 Z",
    mix(p.base, "#fff3cf", 0.45),
    'fill-opacity=".85"',
  ) +
  line("M360 500 Q376 360 340 300 M440 500 Q424 360 460 300", "#8a6a3a", 5) +
  line("M340 300 Q356 250 370 300 Q386 350 400 300 Q414 250 430 300 Q446 350 460 300", "#ff9d2e", 8) +
  line("M300 260 Q316 200 366 184", "#ffffff", 12, 'opacity=".8"') +
  box(344, 498, 112, 30, 8, BRASS) +
  rows(534, 600, 24, (y) => box(350, y, 100, 18, 8, BRASS)) +
  shape("M362 606 H438 L420 640 H380 Z", "#3a3a3a") +
  ground(664, 90);

export const candle: Drawing = (p) =>
  ground(690, 190) +
  glow(400, 190, 170) +
  oval(400, 672, 190, 32, "#c9bfae") +
  box(290, 300, 220, 370, 20, p.base) +
  box(440, 300, 70, 370, 20, p.shade, 'opacity=".7"') +
  oval(400, 302, 110, 26, p.light) +
  oval(400, 304, 70, 14, mix(p.base, "#ff9d2e", 0.35)) +
  shape("M510 330 Q526 400 512 440 Q500 450 498 400 V330 Z", p.base) +
  line("M400 304 V250", "#3d3128", 7) +
  shape("M400 256 Q356 220 400 130 Q444 220 400 256 Z", "#ffb347") +
  shape("M400 252 Q378 228 400 180 Q422 228 400 252 Z", "#fff3c4") +
  both(line("M330 420 Q336 520 330 640", p.light, 6, 'opacity=".5"'));
