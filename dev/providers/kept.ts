import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { dirname } from "node:path";

/** What a provider remembers: changed in place, then `save()`. In a file where there is a folder, else in memory. */
export interface Kept<State extends object> {
  state: State;
  /** Written soon, many changes at once. */
  save(): void;
  /** Written now. */
  flush(): void;
}

/** Reads the file, or begins with `first()`. A file that cannot be read is begun anew: nothing in it is precious. */
export function keepIn<State extends object>(file: string | null, first: () => State): Kept<State> {
  let timer: NodeJS.Timeout | null = null;
  const kept: Kept<State> = {
    state: file ? (readState<State>(file) ?? first()) : first(),
    save() {
      if (!file) return;
      timer ??= setTimeout(kept.flush, 50);
      timer.unref();
    },
    flush() {
      if (timer) clearTimeout(timer);
      timer = null;
      if (!file) return;
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(`${file}.half`, JSON.stringify(kept.state), { mode: 0o600 });
      renameSync(`${file}.half`, file);
    },
  };
  return kept;
}

function readState<State>(file: string): State | null {
  try {
    return JSON.parse(readFileSync(file, "utf8")) as State;
  } catch {
    return null;
  }
}
