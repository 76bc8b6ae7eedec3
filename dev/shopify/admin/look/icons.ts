import { Html } from "./html";

/** Drawn on a 20 by 20 grid with a line of 1.5. */
const PATHS = {
  home: "M3 9.5 10 3.5l7 6M5 8.5v8h3.5v-4h3v4H15v-8",
  orders: "M4 11.5 5.5 4h9L16 11.5M4 11.5V16h12v-4.5M4 11.5h3.5c0 1.5 1 2.5 2.5 2.5s2.5-1 2.5-2.5H16",
  products: "M10.5 3.5H16V9l-7.5 7.5L3 11zM13 6.5h.01",
  customers: "M10 10.5a3.25 3.25 0 1 0 0-6.5 3.25 3.25 0 0 0 0 6.5M3.75 16.5c.7-2.6 3.2-4 6.25-4s5.55 1.4 6.25 4",
  companies: "M4 16.5v-13h8v13M12 8.5h4v8M2.5 16.5h15M6.5 6.5h3M6.5 9.5h3M6.5 12.5h3",
  drafts: "M5.5 3.5h6l3.5 3.5v9.5h-9.5zM11 3.5v4h4M8 11.5h4.5M8 14h3",
  store: "M3.5 8 5 4h10l1.5 4M3.5 8c0 2 3.2 2 3.2 0 0 2 3.3 2 3.3 0 0 2 3.3 2 3.3 0 0 2 3.2 2 3.2 0M5 10v6.5h10V10",
  apps: "M4 4h5v5H4zM11 4h5v5h-5zM4 11h5v5H4zM13.5 11v5M11 13.5h5",
  control: "M4 6h7M14 6h2M12.5 4.5v3M4 14h2M9 14h7M7.5 12.5v3M4 10h9M15.5 10h.5M14.25 8.5v3",
  menu: "M3.5 6h13M3.5 10h13M3.5 14h13",
  app: "M4 10a6 6 0 0 1 12 0v5.5l-3-1.8H7A3 3 0 0 1 4 10.7M7.5 9.5h5",
  open: "M11.5 4H16v4.5M16 4l-6.5 6.5M8.5 5H4v11h11v-4.5",
  check: "m4.5 10.5 3.5 3.5 7.5-8",
} as const;

export type IconName = keyof typeof PATHS;

/** A decorative icon: the words beside it say what it means. */
export function icon(name: IconName): Html {
  return new Html(
    `<svg class="icon" viewBox="0 0 20 20" aria-hidden="true" focusable="false"><path d="${PATHS[name]}"/></svg>`,
  );
}
