/** Types of the columns that a mirror's table has. */
type ColumnType = "text" | "text[]" | "uuid" | "integer" | "double precision" | "boolean" | "jsonb" | "timestamptz";

/** A table of the mirror: its name, and what a telling sets in it. */
export interface MirrorTable<Row extends { id: string; updatedAt: Date }> {
  name: string;
  columns: { [Column in keyof Row & string]: ColumnType };
}

/** What became of what was told. */
export interface Kept {
  /** Records that were not known. */
  created: number;
  changed: number;
  unchanged: number;
  /** Left out because something later is known: a newer record, or that it is gone. */
  older: number;
  /** Left out because the person was erased. */
  erased: number;
  /** Of those created and those changed. */
  ids: string[];
}

export const nothingKept = (): Kept => ({ created: 0, changed: 0, unchanged: 0, older: 0, erased: 0, ids: [] });
