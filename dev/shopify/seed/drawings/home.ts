import { BRASS, both, box, CREAM, type Drawing, disc, ground, line, mix, oval, rows, shape, within } from "./ink";

export const vase: Drawing = (p) => {
  const outline =
    "M350 320 H450 Q446 380 500 440 Q548 520 512 620 Q496 692 400 696 Q304 692 288 620 Q252 520 300 440 Q354 380 350 320 Z";
  return (
    ground(706, 140) +
    line("M390 330 Q360 210 300 120 M402 330 Q410 200 430 90 M412 330 Q460 240 520 170", "#5b7350", 8) +
    [
      [300, 120],
      [430, 90],
      [520, 170],
    ]
      .map(
        ([x = 0, y = 0]) =>
          `${rows(0, 300, 60, (turn) => oval(x, y - 26, 16, 28, "#e7a7a0", `transform="rotate(${turn} ${x} ${y})"`))}${disc(x, y, 14, "#e6b94e")}`,
      )
      .join("") +
    oval(352, 250, 16, 44, "#6f8a60", 'transform="rotate(38 352 250)"') +
    oval(470, 250, 15, 40, "#6f8a60", 'transform="rotate(-40 470 250)"') +
    shape(outline, p.base) +
    within(
      "vase",
      outline,
      rows(280, 530, 26, (x) =>
        line(`M${400 + (x - 400) * 0.5} 320 Q${x - (400 - x) * 0.2} 500 ${x} 700`, p.deep, 5, 'opacity=".35"'),
      ) + shape("M440 320 H560 V700 H440 Q520 520 440 320 Z", "#000000", 'opacity=".08"'),
    ) +
    oval(400, 320, 52, 12, p.deep)
  );
};

export const cushion: Drawing = (p) =>
  ground(650, 250) +
  shape("M160 200 Q400 236 640 200 Q612 420 640 640 Q400 604 160 640 Q188 420 160 200 Z", p.base) +
  shape("M400 222 Q520 222 640 200 Q612 420 640 640 Q520 618 400 616 Q460 420 400 222 Z", p.shade, 'opacity=".45"') +
  rows(230, 580, 50, (x) => line(`M${x} 222 Q${x + (x < 400 ? 12 : -12)} 420 ${x} 618`, p.light, 6, 'opacity=".55"')) +
  line(
    "M172 212 Q400 246 628 212 Q602 420 628 628 Q400 592 172 628 Q198 420 172 212",
    p.deep,
    4,
    'stroke-dasharray="10 9" opacity=".7"',
  ) +
  both(line("M160 200 l-14 -16 M160 200 l-20 -4 M160 640 l-14 16 M160 640 l-20 4", p.deep, 7));

export const throwBlanket: Drawing = (p) => {
  const folded = "M200 330 Q400 290 600 330 V600 Q400 640 200 600 Z";
  return (
    ground(664, 230) +
    shape("M190 400 Q400 360 610 400 V626 Q400 668 190 626 Z", p.shade) +
    shape(folded, p.base) +
    within(
      "weave",
      folded,
      rows(290, 640, 30, (y) => line(`M190 ${y} Q400 ${y - 36} 610 ${y}`, p.deep, 4, 'opacity=".3"')) +
        rows(210, 600, 30, (x) => line(`M${x} 280 V650`, p.deep, 4, 'opacity=".3"')),
    ) +
    shape("M200 330 Q400 290 600 330 L590 270 Q400 232 210 270 Z", p.light) +
    rows(206, 600, 18, (x) => line(`M${x} ${604 + 18 * (1 - ((x - 400) / 200) ** 2)} v40`, p.deep, 5, 'opacity=".75"'))
  );
};

export const bowl: Drawing = (p) =>
  ground(600, 200) +
  shape("M160 370 H640 Q626 560 480 586 H320 Q174 560 160 370 Z", p.base) +
  shape("M470 370 H640 Q626 560 480 586 H420 Q500 500 470 370 Z", p.shade, 'opacity=".7"') +
  line("M190 430 Q400 474 610 430 M210 490 Q400 530 590 490 M256 540 Q400 566 544 540", p.deep, 4, 'opacity=".35"') +
  oval(400, 370, 240, 56, p.deep) +
  oval(400, 380, 214, 42, p.shade) +
  disc(330, 350, 58, "#c8552f") +
  disc(440, 340, 62, "#d9873b") +
  disc(388, 320, 56, "#b9452f") +
  line("M388 270 q6 -20 22 -24", "#5b4a2f", 6) +
  oval(400, 398, 214, 30, p.shade);

export const mirror: Drawing = (p) =>
  disc(410, 412, 262, "#3a3226", 'opacity=".14"') +
  disc(400, 400, 262, p.base) +
  disc(400, 400, 240, "#dfe8ea") +
  within(
    "glass",
    "M400 160 A240 240 0 1 1 399 160 Z",
    shape("M220 700 L520 100 H640 L340 700 Z", "#ffffff", 'opacity=".5"') +
      shape("M140 620 L420 100 H456 L180 620 Z", "#ffffff", 'opacity=".35"') +
      shape("M160 520 Q400 470 640 520 V700 H160 Z", "#c3d0d2", 'opacity=".6"'),
  ) +
  `<circle cx="400" cy="400" r="262" fill="none" stroke="${p.light}" stroke-width="4"/>`;

export const clock: Drawing = (p) =>
  disc(408, 412, 252, "#3a3226", 'opacity=".14"') +
  disc(400, 400, 252, p.shade) +
  disc(400, 400, 236, p.base) +
  rows(0, 330, 30, (turn) =>
    line(
      turn % 90 === 0 ? "M400 186 v44" : "M400 190 v22",
      mix(p.line, "#000000", 0.1),
      turn % 90 === 0 ? 12 : 7,
      `transform="rotate(${turn} 400 400)"`,
    ),
  ) +
  line("M400 400 L330 300", p.line, 16) +
  line("M400 400 L520 300", p.line, 11) +
  line("M400 430 L400 220", "#b4552f", 5) +
  disc(400, 400, 16, BRASS);

export const planter: Drawing = (p) =>
  ground(716, 170) +
  [-60, -38, -16, 8, 30, 54]
    .map((turn, index) =>
      shape(
        "M400 470 Q340 330 400 150 Q460 330 400 470 Z",
        index % 2 ? "#5f7f57" : "#7a9a6c",
        `transform="rotate(${turn} 400 470)"`,
      ),
    )
    .join("") +
  line("M400 470 V220", "#4d6a47", 5) +
  shape("M264 440 H536 L510 610 Q504 640 470 640 H330 Q296 640 290 610 Z", p.base) +
  shape("M450 440 H536 L510 610 Q504 640 470 640 H430 Z", p.shade, 'opacity=".7"') +
  box(250, 424, 300, 54, 14, p.light) +
  both(line("M324 640 L306 704", "#8a6443", 20)) +
  oval(400, 644, 118, 18, p.deep);

export const sideTable: Drawing = (p) =>
  ground(702, 220) +
  shape("M236 330 H564 L552 650 Q548 690 400 694 Q252 690 248 650 Z", p.base) +
  shape("M450 330 H564 L552 650 Q550 680 450 691 Z", p.shade) +
  oval(400, 330, 196, 52, p.deep) +
  oval(400, 316, 196, 52, p.light) +
  oval(400, 316, 176, 42, p.base) +
  box(330, 180, 60, 130, 14, "#c9d0cc") +
  line("M360 184 Q350 120 320 90 M362 184 Q380 130 410 110", "#5f7f57", 7) +
  oval(318, 92, 14, 30, "#7a9a6c", 'transform="rotate(-30 318 92)"') +
  oval(414, 108, 14, 28, "#7a9a6c", 'transform="rotate(50 414 108)"') +
  box(420, 286, 110, 16, 3, "#b4552f") +
  box(428, 270, 96, 16, 3, CREAM) +
  line("M290 420 Q296 560 300 660", p.light, 12, 'opacity=".5"');

export const diffuser: Drawing = (p) =>
  ground(690, 150) +
  line(
    "M400 250 Q360 200 400 150 Q440 100 404 50 M380 240 Q330 190 356 130 M424 240 Q476 190 448 120",
    "#b8c4c6",
    14,
    'opacity=".6"',
  ) +
  shape(
    "M360 270 Q400 256 440 270 Q450 340 520 430 Q570 520 540 620 Q520 678 400 680 Q280 678 260 620 Q230 520 280 430 Q350 340 360 270 Z",
    p.base,
  ) +
  shape("M430 268 Q450 340 520 430 Q570 520 540 620 Q522 674 420 680 Q500 500 430 268 Z", p.shade, 'opacity=".6"') +
  oval(400, 270, 40, 10, p.deep) +
  line("M262 600 Q400 640 538 600", p.deep, 6, 'opacity=".5"') +
  disc(400, 560, 10, "#8fd0c0") +
  line("M300 470 Q280 530 290 590", p.light, 14, 'opacity=".7"');
