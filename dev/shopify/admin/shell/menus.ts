/** Menus close on Escape and on a click elsewhere; the navigation opens on a narrow screen by its button. */
export function menus(): void {
  document.addEventListener("click", (event) => closeMenus(event.target as Node));
  // A click into the app's frame is not heard here, but it takes the focus.
  window.addEventListener("blur", () => closeMenus(null));
  document.addEventListener("keydown", (event) => {
    if (event.key !== "Escape") return;
    for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.switcher[open]")) {
      menu.open = false;
      menu.querySelector("summary")?.focus();
    }
    showNavigation(false);
  });
  document.querySelector(".menu-button")?.addEventListener("click", () => showNavigation(!isShown()));
  confirmations();
}

function closeMenus(target: Node | null): void {
  for (const menu of document.querySelectorAll<HTMLDetailsElement>("details.switcher[open]")) {
    if (!target || !menu.contains(target)) menu.open = false;
  }
}

function isShown(): boolean {
  return document.body.classList.contains("navigation-shown");
}

/** On a narrow screen; wider ones always show it. */
export function showNavigation(show: boolean): void {
  if (show === isShown()) return;
  document.body.classList.toggle("navigation-shown", show);
  document.querySelector(".menu-button")?.setAttribute("aria-expanded", String(show));
  if (show) document.querySelector<HTMLElement>("#navigation a")?.focus();
  else document.querySelector<HTMLElement>(".menu-button")?.focus();
}

function confirmations(): void {
  document.addEventListener("submit", (event) => {
    const question = (event.target as HTMLElement).dataset.confirm;
    if (question && !window.confirm(question)) event.preventDefault();
  });
}
