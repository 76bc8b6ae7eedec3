import { type ChildProcess, spawn } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fullDisk, StartFailure } from "../postgres/failure";
import { filesUnder, hashSources } from "./sources";

interface Stamp {
  sources: string;
  /** Files of the build that lie outside of `build/`; one that is missing is built again. */
  assets: string[];
}

/**
 * Builds the app with `npm run build` when its sources are not those of the last build.
 *
 * @param building called before a build starts, not when nothing changed.
 * @param signal stops a build under way.
 * @returns whether a build was made.
 * @throws StartFailure with what the build said.
 */
export async function buildApp(root: string, building: () => void, signal?: AbortSignal): Promise<boolean> {
  const sources = hashSources(root);
  if (isBuilt(root, sources)) return false;
  building();
  rmSync(stampFile(root), { force: true });
  await runBuild(root, signal);
  const stamp: Stamp = { sources, assets: assetsOf(root) };
  mkdirSync(join(root, "build"), { recursive: true });
  writeFileSync(stampFile(root), JSON.stringify(stamp));
  return true;
}

function stampFile(root: string): string {
  return join(root, "build", ".stamp");
}

function isBuilt(root: string, sources: string): boolean {
  try {
    const stamp = JSON.parse(readFileSync(stampFile(root), "utf8")) as Stamp;
    const files = ["build/server/index.js", ...stamp.assets];
    return stamp.sources === sources && files.every((file) => existsSync(join(root, file)));
  } catch {
    return false;
  }
}

function assetsOf(root: string): string[] {
  const folder = join(root, "extensions");
  if (!existsSync(folder)) return [];
  return readdirSync(folder).flatMap((name) => filesUnder(root, `extensions/${name}/assets`));
}

function runBuild(root: string, signal?: AbortSignal): Promise<void> {
  // The npm that runs us, where there is one, and so the same Node.
  const npm = process.env.npm_execpath;
  const [program, ...first] = npm?.endsWith(".js") ? [process.execPath, npm] : ["npm"];
  return new Promise((resolve, reject) => {
    signal?.throwIfAborted();
    const child = spawn(program as string, [...first, "run", "--silent", "build"], {
      cwd: root,
      detached: true,
      stdio: ["ignore", "pipe", "pipe"],
      env: { ...process.env, NODE_ENV: "production" },
    });
    let said = "";
    const hear = (chunk: Buffer): void => {
      said = (said + chunk.toString()).slice(-20_000);
    };
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    const stop = (): void => endGroup(child);
    signal?.addEventListener("abort", stop, { once: true });
    child.on("error", reject);
    child.on("close", (code) => {
      signal?.removeEventListener("abort", stop);
      if (code === 0) resolve();
      else reject(/ENOSPC|No space left/i.test(said) ? fullDisk(root) : failure(said));
    });
  });
}

/** The build starts processes of its own, so its whole group is ended. */
function endGroup(child: ChildProcess): void {
  try {
    if (child.pid !== undefined) process.kill(-child.pid, "SIGKILL");
  } catch {
    // It has ended by itself.
  }
}

function failure(said: string): StartFailure {
  // Some tools write "Error:" on a line of its own and the reason on the next.
  const lines = said.split("\n").map(plain).filter(Boolean);
  const at = lines.findIndex((line) => /error/i.test(line));
  const reason = [lines[at] ?? lines.at(-1), /error:?$/i.test(lines[at] ?? "") ? lines[at + 1] : null]
    .filter(Boolean)
    .join(" ");
  return new StartFailure(
    "unusable-server",
    `The app could not be built (${reason}): run npm run build to see everything it says.`,
    { cause: said },
  );
}

/** Without the terminal's colours. */
function plain(line: string): string {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: the escape character is what colours begin with.
  return line.replace(/\u001b\[[0-9;]*m/g, "").trim();
}
