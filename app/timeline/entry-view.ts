import type { EntryData, EntryKind } from "./catalogue";

/** What a person wrote, joined from its own row. */
export interface Written {
  text: string;
  attachments: number;
}

/** An entry as a page shows it. */
export type EntryView = {
  [Kind in EntryKind]: {
    id: string;
    /** ISO 8601, UTC. */
    at: string;
    kind: Kind;
    ref: string | null;
    data: EntryData[Kind];
    /** Of a message or a note; null once what was written is erased. */
    written?: Written | null;
    /** Name of the member of staff who did it. */
    staffName?: string;
    /** Name of the member of staff who got the conversation. */
    toStaffName?: string;
    /** Name of the other person of a merge or a link. */
    otherName?: string;
    /** Our id of the file in which a call's sound is kept. */
    recording?: string;
  };
}[EntryKind];
