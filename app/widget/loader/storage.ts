/** Storage can be forbidden or full; nothing here depends on it to work. */
export function get(area: "localStorage" | "sessionStorage", name: string): string | null {
  try {
    return window[area].getItem(`throughline:${name}`);
  } catch {
    return null;
  }
}

export function set(area: "localStorage" | "sessionStorage", name: string, value: string | null): void {
  try {
    if (value === null) window[area].removeItem(`throughline:${name}`);
    else window[area].setItem(`throughline:${name}`, value);
  } catch {}
}
