import { ELSEWHERE } from "./names-of-elsewhere";
import { EUROPE } from "./names-of-europe";

/** Where a shop's customers live and what they are called there. Latin spellings make the e-mail addresses. */
export interface NamePool {
  countryCode: string;
  locale: string;
  dial: string;
  /** As written, and in Latin letters where that differs. */
  first: readonly (string | readonly [written: string, latin: string])[];
  last: readonly (string | readonly [written: string, latin: string])[];
  cities: readonly (readonly [city: string, zip: string, province: string | null])[];
  streets: readonly string[];
}

export const POOLS: readonly NamePool[] = [...EUROPE, ...ELSEWHERE];
