/** The `{% schema %}` of a section or an app block. */
export interface BlockSchema {
  name: string;
  settings?: SettingSchema[];
  blocks?: { type: string; name: string; settings?: SettingSchema[] }[];
  [key: string]: unknown;
}

export interface SettingSchema {
  id?: string;
  type: string;
  default?: unknown;
  [key: string]: unknown;
}

/** Reads the schema out of a Liquid file; null when it has none, an error when it is not JSON. */
export function readSchema(file: string, source: string): BlockSchema | null {
  const match = /\{%-?\s*schema\s*-?%\}([\s\S]*?)\{%-?\s*endschema\s*-?%\}/.exec(source);
  if (!match?.[1]) return null;
  try {
    return JSON.parse(match[1]) as BlockSchema;
  } catch (error) {
    throw new Error(
      `the schema of ${file} is not valid JSON: ${error instanceof Error ? error.message : String(error)}`,
    );
  }
}

/** The value of each setting: what was saved, else the schema's default, else null. */
export function settingValues(
  schema: SettingSchema[] | undefined,
  saved: Record<string, unknown> | undefined,
): Record<string, unknown> {
  const values: Record<string, unknown> = {};
  for (const setting of schema ?? []) {
    if (setting.id) values[setting.id] = saved?.[setting.id] ?? setting.default ?? null;
  }
  return values;
}
