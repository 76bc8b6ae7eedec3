/** One flat rate by the shop's country; enough for totals that add up as the merchant would see them. */
const RATES: Readonly<Record<string, { rate: number; title: string }>> = {
  DE: { rate: 0.19, title: "MwSt." },
  AT: { rate: 0.2, title: "USt." },
  FR: { rate: 0.2, title: "TVA" },
  NL: { rate: 0.21, title: "BTW" },
  IE: { rate: 0.23, title: "VAT" },
  GB: { rate: 0.2, title: "VAT" },
  SE: { rate: 0.25, title: "Moms" },
  DK: { rate: 0.25, title: "Moms" },
  US: { rate: 0.08, title: "Sales Tax" },
  CA: { rate: 0.13, title: "HST" },
};

/** The tax that a shop adds: 0.19 is 19 %. A country that is not in the table has none. */
export function taxOf(shop: { countryCode: string }): { rate: number; title: string } {
  return RATES[shop.countryCode] ?? { rate: 0, title: "Tax" };
}
