import { Prisma } from "@prisma/client";
import type { Scope } from "../scope";

/**
 * What a table holds of people: how the rows of one are found, what an erasure does with them, and what of them a person
 * gets to see. A table with a shop's rows is either one of these or in `of-nobody.ts`; a test walks the database and
 * finds what is in neither.
 */
export interface PersonTable {
  table: string;
  /** As people call its rows, for receipts and the file of a data request. */
  what: string;
  /** The person's rows, as a condition on the table. */
  rows(scope: Scope): Prisma.Sql;
  /** Which of those rows the person gets to see, where other people's are among them. Left out: all. */
  shown?(scope: Scope): Prisma.Sql;
  /** Left out: the rows are removed. */
  kept?: {
    /** What is taken out of them, as assignments; nothing where nothing of the person is in them. */
    without?(scope: Scope): Prisma.Sql;
    /** Columns with words that stay. */
    words: readonly string[];
    /** Why the rest stays, for the receipt. */
    ground: string;
  };
  /** Columns that are not the person's to see: secrets, bytes that stand in a file of their own. */
  notShown?: readonly string[];
  /** Why none of it is in the file of a data request. */
  notExported?: string;
  /** What the rows are sorted by in that file. */
  order?: string;
}

/** `"column" = any of these uuids` */
export const among = (column: string, ids: readonly string[]): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(`"${column}"`)} = ANY (${[...ids]}::uuid[])`;

/** `"column" = any of these texts` */
export const amongTexts = (column: string, texts: readonly string[]): Prisma.Sql =>
  Prisma.sql`${Prisma.raw(`"${column}"`)} = ANY (${[...texts]}::text[])`;

export const anyOf = (...conditions: Prisma.Sql[]): Prisma.Sql => Prisma.sql`(${Prisma.join(conditions, " OR ")})`;
