import { damagedFolder, fullDisk, StartFailure, takenPort } from "./failure";

/** What the server says in its log when it cannot read its own files. */
const DAMAGE =
  /PANIC|checksum|invalid (checkpoint|primary|page|magic|record)|could not (locate|read|find) .*(checkpoint|control|file)|could not open (file|directory)|database files are incompatible|is not a valid|missing .*(file|directory)|bogus data|required .* does not exist|incorrect checksum|control file/i;

/**
 * Reads why a server that started did not stay, from what it wrote to its log.
 *
 * @param said the log since this start.
 */
export function failureFrom(said: string, where: { folder: string; port: number }): StartFailure {
  if (/No space left on device/i.test(said)) return fullDisk(where.folder);
  if (/could not bind IPv4 address|Address already in use/i.test(said)) return takenPort(where.port);
  const line = said.split("\n").findLast((each) => /(PANIC|FATAL|ERROR):/.test(each));
  const reason = (line ?? said.trim().split("\n").at(-1) ?? "").replace(/^.*?(PANIC|FATAL|ERROR):\s*/, "").trim();
  if (/lock file .* already exists|pre-existing shared memory block/i.test(said)) {
    return new StartFailure(
      "second-copy",
      `Another PostgreSQL already works in ${where.folder}: stop it and start again.`,
    );
  }
  if (DAMAGE.test(said)) return damagedFolder(where.folder, reason);
  return new StartFailure(
    "unusable-server",
    `PostgreSQL did not start on ${where.folder}: ${reason === "" ? "it ended without a word" : reason}.`,
  );
}
