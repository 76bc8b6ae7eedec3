/**
 * Keeps the launcher above what the theme has fixed to the bottom of the page: a bar along the edge, and a notice that
 * would lie under the launcher.
 */
export function liftAboveBars(host: HTMLElement, button: HTMLElement): void {
  let timer = 0;
  const look = (): void => {
    timer = 0;
    const { left, width, height } = button.getBoundingClientRect();
    const gap = Number.parseFloat(host.style.getPropertyValue("--y")) || 0;
    let lift = 0;
    for (const [x, above] of [
      [innerWidth / 2, 2],
      [left + width / 2, 2],
      [left + width / 2, gap + height / 2],
      [left + width / 2, gap + height / 2],
    ] as const) {
      for (const found of document.elementsFromPoint(x, innerHeight - lift - above)) {
        const { position, bottom } = getComputedStyle(found);
        if (host.contains(found) || !(position === "fixed" || (position === "sticky" && bottom !== "auto"))) continue;
        const box = found.getBoundingClientRect();
        // Along most of the page's width, and not a sheet over all of it.
        if (box.width > innerWidth / 2 && box.height < innerHeight / 2) lift = Math.max(lift, innerHeight - box.top);
      }
    }
    host.style.setProperty("--lift", `${lift}px`);
  };
  const soon = (): void => {
    if (!timer) timer = window.setTimeout(look, 250);
  };
  for (const event of ["scroll", "resize", "click"]) addEventListener(event, soon, { passive: true });
  look();
}
