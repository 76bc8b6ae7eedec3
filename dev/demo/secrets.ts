import { randomBytes } from "node:crypto";
import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { damagedFolder } from "../postgres/failure";

export interface Secrets {
  /** Signs session tokens, webhooks and the app proxy between the local Shopify and the app. */
  apiSecret: string;
  /** Seals what the app stores of credentials, as its setting ENCRYPTION_KEYS. */
  encryptionKeys: string;
}

/**
 * The secrets of this copy, made at the first start and readable by their owner only.
 * @throws StartFailure when the file is there and cannot be read.
 */
export function keepSecrets(folder: string): Secrets {
  const file = join(folder, "secrets.json");
  if (existsSync(file)) {
    try {
      const kept = JSON.parse(readFileSync(file, "utf8")) as Partial<Secrets>;
      const { apiSecret, encryptionKeys } = kept;
      if (typeof apiSecret === "string" && apiSecret.length >= 32) {
        // A folder from before there were keys gets one; tokens stored plainly until then are still read.
        return encryptionKeys ? { apiSecret, encryptionKeys } : keep(file, { apiSecret, encryptionKeys: makeKeys() });
      }
    } catch {
      // Told below: without the old secret, what it signed is lost.
    }
    throw damagedFolder(folder, "secrets.json cannot be read");
  }
  return keep(file, { apiSecret: randomBytes(32).toString("hex"), encryptionKeys: makeKeys() });
}

function makeKeys(): string {
  return `demo:${randomBytes(32).toString("base64")}`;
}

function keep(file: string, secrets: Secrets): Secrets {
  writeFileSync(`${file}.half`, JSON.stringify(secrets, null, 2), { mode: 0o600 });
  renameSync(`${file}.half`, file);
  return secrets;
}
