/** Keeps the launcher above a bar that the theme has fixed to the bottom of the page. */
export function liftAboveBars(host: HTMLElement): void {
  let timer = 0;
  const look = (): void => {
    timer = 0;
    let lift = 0;
    for (const at of [0.1, 0.5, 0.9]) {
      for (const found of document.elementsFromPoint(innerWidth * at, innerHeight - 2)) {
        if (host.contains(found) || !/fixed|sticky/.test(getComputedStyle(found).position)) continue;
        const { top, bottom, width } = found.getBoundingClientRect();
        // A bar: along most of the bottom edge, and not a whole sheet over the page.
        if (width > innerWidth / 2 && bottom > innerHeight - 9 && innerHeight - top < innerHeight / 3) {
          lift = Math.max(lift, innerHeight - top);
        }
      }
    }
    host.style.setProperty("--lift", `${lift}px`);
  };
  const soon = (): void => {
    if (!timer) timer = window.setTimeout(look, 250);
  };
  addEventListener("scroll", soon, { passive: true });
  addEventListener("resize", soon);
  look();
}
