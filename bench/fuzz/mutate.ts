import type { Chance, Seed } from "./target";

/** Larger inputs are for `giants` of a target; here many small ones find more. */
const largest = 512 * 1024;

/** Bytes that begin, end or escape something in most formats. */
const loaded = [
  "\0",
  "\r",
  "\n",
  "\r\n\r\n",
  '"',
  "'",
  "<",
  ">",
  "--",
  "=",
  "=?",
  "?=",
  "%",
  "\\",
  ";",
  ":",
  ",",
  "(",
  "[",
  "{",
  "}",
  "\xff\xfe",
  "\x80",
  "&",
  "//",
];

/** An input with one to five things broken in it. */
export function mutateBytes(input: Buffer, chance: Chance, others: readonly Seed[]): Buffer {
  let bytes = input;
  for (let count = 1 + chance.below(5); count > 0; count -= 1) bytes = once(bytes, chance, others);
  return bytes.subarray(0, largest);
}

function once(bytes: Buffer, chance: Chance, others: readonly Seed[]): Buffer {
  const at = chance.below(bytes.length + 1);
  const length = chance.below(1 << (1 + chance.below(9)));
  const before = bytes.subarray(0, at);
  const after = bytes.subarray(at + length);
  switch (chance.below(9)) {
    case 0: {
      const copy = Buffer.from(bytes);
      for (let count = chance.below(20) + 1; count > 0 && copy.length > 0; count -= 1)
        copy[chance.below(copy.length)] = chance.below(256);
      return copy;
    }
    case 1:
      return Buffer.concat([before, after]);
    case 2:
      return before;
    case 3:
      return Buffer.concat([before, Buffer.from(chance.pick(loaded), "latin1"), bytes.subarray(at)]);
    case 4: {
      const piece = bytes.subarray(at, at + length);
      return Buffer.concat([before, ...new Array<Buffer>(1 + chance.below(40)).fill(piece), after]).subarray(
        0,
        largest,
      );
    }
    case 5: {
      const other = chance.pick(others).bytes;
      const from = chance.below(other.length + 1);
      return Buffer.concat([before, other.subarray(from, from + length * 4), after]);
    }
    case 6:
      return Buffer.concat([before, Buffer.alloc(length * 8, Buffer.from(chance.pick(loaded), "latin1")), after]);
    case 7:
      return moveLine(bytes, chance);
    default:
      return chance.below(2) === 0
        ? Buffer.from(bytes.toString("latin1").replaceAll("\r\n", "\n"), "latin1")
        : Buffer.from(bytes.toString("latin1").replaceAll("\n", "\r"), "latin1");
  }
}

function moveLine(bytes: Buffer, chance: Chance): Buffer {
  const lines = bytes.toString("latin1").split("\n");
  const [line = ""] = lines.splice(chance.below(lines.length), 1);
  if (chance.below(2) === 0) lines.splice(chance.below(lines.length + 1), 0, line, line);
  else lines.splice(chance.below(lines.length + 1), 0, line);
  return Buffer.from(lines.join("\n"), "latin1");
}
