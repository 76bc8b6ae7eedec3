import { randomBytes } from "node:crypto";
import { mkdir, open, rename, rm } from "node:fs/promises";
import { dirname, join } from "node:path";
import { FileMissing, type Store } from "./storage";

/** A name of ours: nothing that leads elsewhere in the file system can be one. */
const key = /^[0-9a-f-]{36}\/[0-9a-f-]{36}$/;

/** Files below one folder, which every process of the app must have in common. */
export function diskIn(folder: string): Store {
  const placeOf = (name: string): string => {
    if (!key.test(name)) throw new Error("this is no name of a file");
    return join(folder, name);
  };
  return {
    async put(name, content) {
      const place = placeOf(name);
      await mkdir(dirname(place), { recursive: true, mode: 0o700 });
      // Whole or not at all: a process that dies leaves a file of another name.
      const draft = `${place}.${randomBytes(6).toString("hex")}`;
      try {
        const file = await open(draft, "wx", 0o600);
        try {
          await file.writeFile(content);
          await file.sync();
        } finally {
          await file.close();
        }
        await rename(draft, place);
      } catch (error) {
        await rm(draft, { force: true });
        throw error;
      }
    },
    async get(name, range) {
      const file = await open(placeOf(name), "r").catch((error: NodeJS.ErrnoException) => {
        throw error.code === "ENOENT" ? new FileMissing("this file is not in its folder") : error;
      });
      try {
        if (!range) return await file.readFile();
        const wanted = Buffer.alloc(range.last - range.first + 1);
        const { bytesRead } = await file.read(wanted, 0, wanted.length, range.first);
        return wanted.subarray(0, bytesRead);
      } finally {
        await file.close();
      }
    },
    async remove(name) {
      await rm(placeOf(name), { force: true });
    },
  };
}
