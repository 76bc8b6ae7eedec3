import { glow, mix } from "./ink";

/** What a banner shows; the same scene has another light in each shop's collections. */
export type BannerScene = "mountains" | "coast" | "forest" | "night" | "garden" | "room" | "table";

/** A wide picture, 1600 × 600, with its left third calm enough for a heading; `turn` varies the light. */
export function banner(scene: BannerScene, turn: number): string {
  return SCENES[scene](turn % 4);
}

const SCENES: Record<BannerScene, (turn: number) => string> = {
  mountains: (turn) => {
    const sky = ["#e9d9c3", "#d4e0e6", "#efd6c4", "#dfe3d6"][turn] ?? "#e9d9c3";
    return (
      sheet(sky, mix(sky, "#ffffff", 0.5)) +
      sun(1180, 190, 84, "#f6c98a") +
      ridge(
        "M0 420 L180 330 L330 400 L560 240 L720 350 L930 190 L1110 330 L1290 230 L1460 340 L1600 280 V600 H0 Z",
        mix(sky, "#5c7280", 0.45),
      ) +
      `<path d="M930 190 L985 232 L950 244 L920 226 L890 246 L872 226 Z M560 240 L604 276 L566 284 L530 264 Z M1290 230 L1332 262 L1296 268 L1262 252 Z" fill="#ffffff" opacity=".85"/>` +
      ridge("M0 500 L240 410 L470 500 L700 380 L960 490 L1230 370 L1600 480 V600 H0 Z", "#5f7464") +
      ridge("M0 560 Q300 480 620 540 T1240 530 T1600 550 V600 H0 Z", "#3f5546") +
      pines(60, 560, 6, "#2f4336") +
      tentAt(1180, 520, "#c0562f")
    );
  },
  coast: (turn) => {
    const sky = ["#d8e4e6", "#f0dcc8", "#dfe0ea", "#e8e2d0"][turn] ?? "#d8e4e6";
    return (
      sheet(sky, "#fbf6ec") +
      sun(420, 210, 64, "#f4cf97") +
      `<rect y="330" width="1600" height="270" fill="#7c9fa8"/>` +
      [352, 392, 440, 500]
        .map(
          (y, index) =>
            `<path d="M0 ${y} q40 -12 80 0 ${"t80 0 ".repeat(19)}" fill="none" stroke="#a9c4c9" stroke-width="${4 + index * 2}" opacity=".6"/>`,
        )
        .join("") +
      ridge("M860 340 Q1000 250 1180 290 Q1380 230 1600 300 V420 Q1300 470 1040 400 Z", "#66755f") +
      `<path d="M1236 268 L1250 120 H1290 L1304 268 Z" fill="#f3eee2"/><path d="M1246 170 H1294 L1298 214 H1242 Z" fill="#b4452f"/><rect x="1244" y="92" width="52" height="34" rx="6" fill="#38424c"/><path d="M1240 94 L1270 66 L1300 94 Z" fill="#b4452f"/><path d="M1296 108 L1600 60 V150 Z" fill="#fff2c6" opacity=".5"/>` +
      `<path d="M560 430 L620 300 L632 430 Z M640 430 L636 320 L700 430 Z" fill="#fbf7ee"/><path d="M540 436 H716 L690 470 H570 Z" fill="#3c4f60"/>` +
      ridge("M0 560 Q260 500 520 556 T1080 560 T1600 540 V600 H0 Z", "#d6c39c")
    );
  },
  forest: (turn) => {
    const mist = ["#dfe6d8", "#e6e0d0", "#d5dfdc", "#ece2d0"][turn] ?? "#dfe6d8";
    return (
      sheet(mist, "#f7f3e8") +
      sun(1080, 160, 90, "#f8e3b4") +
      trunks(360, 14, mix(mist, "#6c8273", 0.35), 0.6) +
      trunks(420, 10, mix(mist, "#4c6655", 0.6), 0.85) +
      pines(900, 580, 9, "#35533f") +
      ridge("M0 540 Q400 490 800 540 T1600 520 V600 H0 Z", "#4a5f43") +
      `<path d="M700 600 Q780 560 760 530 Q750 514 800 500 L830 502 Q800 522 830 540 Q880 566 900 600 Z" fill="#cdbb94"/>`
    );
  },
  night: (turn) => {
    const sky = ["#22304a", "#2b2f4d", "#1f3644", "#33304a"][turn] ?? "#22304a";
    return (
      sheet(sky, mix(sky, "#c98a6a", 0.35)) +
      Array.from(
        { length: 60 },
        (_, star) =>
          `<circle cx="${(star * 397) % 1600}" cy="${(star * 151) % 330}" r="${1 + (star % 3)}" fill="#fff8e0" opacity="${0.4 + (star % 5) * 0.12}"/>`,
      ).join("") +
      moon(1360, 130) +
      ridge("M0 430 L260 320 L480 420 L760 290 L1020 420 L1320 310 L1600 410 V600 H0 Z", mix(sky, "#0c121c", 0.35)) +
      ridge("M0 540 Q500 470 900 530 T1600 510 V600 H0 Z", mix(sky, "#0c121c", 0.6)) +
      glow(1090, 500, 210) +
      tentAt(1080, 520, "#e2a04a") +
      `<path d="M1270 540 q-16 -40 6 -64 q2 20 14 24 q-4 -24 10 -42 q22 40 8 82 Z" fill="#ff9d3c"/><path d="M1252 548 L1326 536 M1256 536 L1322 550" stroke="#5a3d28" stroke-width="12" stroke-linecap="round"/>`
    );
  },
  garden: () =>
    sheet("#273349", "#8a6a68") +
    stars() +
    moon(240, 120) +
    ridge("M0 420 Q220 360 420 400 T860 380 T1280 392 T1600 370 V600 H0 Z", "#24392f") +
    ridge("M0 500 Q500 470 900 496 T1600 486 V600 H0 Z", "#33503f") +
    `<path d="M700 150 Q1000 330 1240 170 Q1420 280 1600 150" fill="none" stroke="#171b22" stroke-width="6"/><path d="M1240 170 V560 M700 150 V560" stroke="#4f3b2c" stroke-width="16"/>` +
    [
      [790, 196],
      [890, 232],
      [990, 246],
      [1090, 232],
      [1180, 198],
      [1320, 206],
      [1420, 216],
      [1520, 186],
    ]
      .map(
        ([x = 0, y = 0]) =>
          `${glow(x, y + 24, 92)}<circle cx="${x}" cy="${y + 24}" r="17" fill="#ffdf94"/><rect x="${x - 7}" y="${y - 2}" width="14" height="14" fill="#2a2f38"/>`,
      )
      .join("") +
    `<rect x="860" y="450" width="260" height="18" rx="6" fill="#8a6443"/><path d="M890 468 L870 580 M1090 468 L1110 580" stroke="#6d4d34" stroke-width="14"/>` +
    `${glow(990, 420, 120)}<rect x="966" y="392" width="48" height="58" rx="8" fill="#fff3cf"/><path d="M962 392 H1018 L1006 372 H974 Z" fill="#2a2f38"/>` +
    plant(1440, 570),
  room: (turn) => {
    const wall = ["#e8dccb", "#dfe0d4", "#ead6cc", "#dcd9df"][turn] ?? "#e8dccb";
    return (
      sheet(wall, mix(wall, "#ffffff", 0.25)) +
      `<rect y="500" width="1600" height="100" fill="${mix(wall, "#6d5140", 0.45)}"/><rect y="492" width="1600" height="10" fill="${mix(wall, "#ffffff", 0.6)}"/>` +
      glow(1160, 260, 300) +
      `<rect x="740" y="370" width="400" height="110" rx="34" fill="#7c8a78"/><rect x="720" y="420" width="440" height="90" rx="30" fill="#8d9b87"/><rect x="800" y="380" width="110" height="90" rx="20" fill="#c07a58" transform="rotate(-7 850 420)"/><path d="M760 510 v26 M1120 510 v26" stroke="#5b4432" stroke-width="14"/>` +
      `<path d="M1330 530 V330 Q1330 120 1210 120 Q1160 126 1160 190" fill="none" stroke="#b9944a" stroke-width="9"/><path d="M1100 246 Q1106 188 1160 186 Q1214 188 1220 246 Z" fill="#fbf3df"/><ellipse cx="1160" cy="246" rx="60" ry="12" fill="#ffe9a8"/><rect x="1284" y="524" width="92" height="16" rx="6" fill="#efece6"/>` +
      `<rect x="860" y="120" width="170" height="200" fill="#fbf8f0" stroke="#a98a5f" stroke-width="9"/><circle cx="930" cy="200" r="42" fill="#d98a5a"/><path d="M868 312 Q920 240 960 280 T1024 262 V312 Z" fill="#6d8577"/>` +
      plant(1470, 530)
    );
  },
  table: (turn) => {
    const wall = ["#3d443f", "#4a3f3a", "#37424a", "#46403f"][turn] ?? "#3d443f";
    return (
      sheet(wall, mix(wall, "#c98a4a", 0.25)) +
      [880, 1100, 1320]
        .map(
          (x, index) =>
            `<path d="M${x} 0 V${120 + index * 18}" stroke="#1d1f20" stroke-width="5"/>${glow(x, 230 + index * 18, 240)}<path d="M${x - 78} ${212 + index * 18} Q${x - 74} ${120 + index * 18} ${x} ${116 + index * 18} Q${x + 74} ${120 + index * 18} ${x + 78} ${212 + index * 18} Z" fill="#c9a24f"/><ellipse cx="${x}" cy="${212 + index * 18}" rx="78" ry="13" fill="#fff1c9"/>`,
        )
        .join("") +
      `<rect x="640" y="470" width="900" height="34" rx="8" fill="#a87d55"/><rect y="504" x="700" width="26" height="96" fill="#8a6443"/><rect y="504" x="1450" width="26" height="96" fill="#8a6443"/>` +
      `<path d="M1020 470 Q1016 400 1050 380 H1090 Q1124 400 1120 470 Z" fill="#9cab8c"/><path d="M1060 380 Q1040 300 1010 270 M1074 380 Q1090 310 1120 290" stroke="#7a9a6c" stroke-width="7" fill="none"/><circle cx="1010" cy="266" r="18" fill="#e7a7a0"/><circle cx="1124" cy="286" r="18" fill="#e6b94e"/>` +
      `<ellipse cx="830" cy="466" rx="90" ry="12" fill="#efe6d2"/><ellipse cx="1320" cy="466" rx="90" ry="12" fill="#efe6d2"/>`
    );
  },
};

function sheet(top: string, bottom: string): string {
  return `<defs><linearGradient id="sky" x2="0" y2="1"><stop stop-color="${top}"/><stop offset="1" stop-color="${bottom}"/></linearGradient></defs><rect width="1600" height="600" fill="url(#sky)"/>`;
}

function sun(x: number, y: number, radius: number, fill: string): string {
  return `<circle cx="${x}" cy="${y}" r="${radius * 1.7}" fill="${fill}" opacity=".25"/><circle cx="${x}" cy="${y}" r="${radius}" fill="${fill}"/>`;
}

function ridge(d: string, fill: string): string {
  return `<path d="${d}" fill="${fill}"/>`;
}

function pines(from: number, ground: number, count: number, fill: string): string {
  return Array.from({ length: count }, (_, index) => {
    const x = from + index * 72 + ((index * 37) % 30);
    const tall = 110 + ((index * 53) % 70);
    return `<path d="M${x} ${ground - tall} l34 ${tall * 0.45} h-16 l28 ${tall * 0.5} h-92 l28 ${-tall * 0.5} h-16 Z" fill="${fill}"/>`;
  }).join("");
}

function stars(): string {
  return Array.from(
    { length: 60 },
    (_, star) =>
      `<circle cx="${(star * 397) % 1600}" cy="${(star * 151) % 330}" r="${1 + (star % 3)}" fill="#fff8e0" opacity="${0.4 + (star % 5) * 0.12}"/>`,
  ).join("");
}

function moon(x: number, y: number): string {
  return `<path d="M${x} ${y - 52} A52 52 0 1 1 ${x - 44} ${y + 28} A44 44 0 0 0 ${x} ${y - 52} Z" fill="#f6ecd0"/>`;
}

function trunks(from: number, count: number, fill: string, scale: number): string {
  return Array.from({ length: count }, (_, index) => {
    const x = from + ((index * 271) % 1240);
    const tall = (300 + ((index * 97) % 160)) * scale;
    return `<path d="M${x} ${560 - tall} l${52 * scale} ${tall * 0.6} h-${24 * scale} l${40 * scale} ${tall * 0.4} h-${136 * scale} l${40 * scale} ${-tall * 0.4} h-${24 * scale} Z" fill="${fill}"/>`;
  }).join("");
}

function tentAt(x: number, y: number, fill: string): string {
  return `<path d="M${x - 90} ${y + 30} L${x} ${y - 76} L${x + 100} ${y + 30} Z" fill="${fill}"/><path d="M${x} ${y - 76} L${x + 100} ${y + 30} H${x + 20} Z" fill="#000" opacity=".16"/><path d="M${x - 34} ${y + 30} L${x} ${y - 30} L${x + 20} ${y + 30} Z" fill="#fff0c4" opacity=".85"/>`;
}

function plant(x: number, y: number): string {
  const leaves = [-50, -24, 0, 24, 50]
    .map(
      (turn) =>
        `<path d="M${x} ${y - 90} Q${x - 36} ${y - 190} ${x} ${y - 270} Q${x + 36} ${y - 190} ${x} ${y - 90} Z" fill="${turn % 48 ? "#5f7f57" : "#7a9a6c"}" transform="rotate(${turn} ${x} ${y - 90})"/>`,
    )
    .join("");
  return `${leaves}<path d="M${x - 54} ${y - 100} H${x + 54} L${x + 40} ${y} H${x - 40} Z" fill="#bd6a49"/>`;
}
