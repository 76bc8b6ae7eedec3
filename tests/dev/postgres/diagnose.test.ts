import { expect, test } from "vitest";
import { failureFrom } from "../../../dev/postgres/diagnose";

const where = { folder: "/srv/data", port: 4406 };

test.each([
  ['2026-01-01 UTC [7] FATAL:  could not write lock file "postmaster.pid": No space left on device', "full-disk"],
  [
    'LOG:  could not write file "pg_wal/xlogtemp.9": No space left on device\nPANIC:  could not write to file',
    "full-disk",
  ],
  [
    'LOG:  could not bind IPv4 address "127.0.0.1": Address already in use\nWARNING:  could not create listen socket\nFATAL:  could not create any TCP/IP sockets',
    "taken-port",
  ],
  ["FATAL:  incorrect checksum in control file", "damaged-folder"],
  ["LOG:  invalid checkpoint record\nPANIC:  could not locate a valid checkpoint record at 0/1", "damaged-folder"],
  ["FATAL:  pre-existing shared memory block (key 1, ID 2) is still in use", "second-copy"],
  ['FATAL:  unrecognized configuration parameter "colour"', "unusable-server"],
  ["", "unusable-server"],
])("%j is %s", (said, kind) => {
  const failure = failureFrom(said, where);
  expect(failure.kind).toBe(kind);
  expect(failure.sentence).toMatch(/^[^\n]+\.$/);
});
