/** Countries whose visitors are asked before anything is tracked. */
const consentCountries = new Set(
  "AT BE BG CH CY CZ DE DK EE ES FI FR GB GR HR HU IE IS IT LI LT LU LV MT NL NO PL PT RO SE SI SK".split(" "),
);

/** Whether visitors of a shop in this country must be asked first. */
export function asksConsent(countryCode: string): boolean {
  return consentCountries.has(countryCode);
}
