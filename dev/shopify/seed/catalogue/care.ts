/** How to look after things: said once, because several products share a cloth. */
export const CARE = {
  waxed:
    "Brush off dry mud and sponge with cold water. Never machine-wash, tumble dry or iron: it strips the wax. Re-wax once a season with our Wax Tin and a hairdryer.",
  shell:
    "Machine-wash at 30 °C with liquid detergent, rinse twice, then tumble dry low for 20 minutes to wake up the water repellency. No fabric softener.",
  down: "Wash at 30 °C on a gentle cycle with down wash. Tumble dry low with two tennis balls until every clump is gone, which can take two hours.",
  merino:
    "Machine-wash at 30 °C on the wool programme, reshape while damp and dry flat. Airing overnight is enough between wears.",
  wool: "Hand-wash cold or dry-clean. Dry flat, away from radiators. Comb off pilling after the first few wears.",
  fleece: "Machine-wash at 30 °C inside out, in a filter bag if you have one. Line dry. No fabric softener.",
  cotton: "Machine-wash at 40 °C with similar colours. Line dry. Iron warm if you must.",
  synthetic: "Machine-wash at 30 °C. Line dry: it takes an hour or two. Do not iron.",
  canvas: "Sponge with lukewarm water and mild soap, then air dry. Not for the washing machine.",
  leather:
    "Let mud dry, brush it off, and feed the leather with balm every few weeks. Dry away from heat. Can be resoled by any cobbler.",
  trailShoe: "Rinse by hand in cold water, take out the insoles and dry at room temperature with newspaper inside.",
  tent: "Dry it completely before you store it, loosely, in the cotton bag. Clean with cold water and a sponge only.",
  steel: "Dishwasher safe without the lid. Keep out of the microwave.",
  wipe: "Wipe clean with a damp cloth.",
  lamp: "Unplug it and dust with a soft, dry cloth. Use bulbs up to the wattage on the socket.",
  glass: "Wipe with a damp microfibre cloth and dry at once to avoid marks.",
  linen: "Machine-wash at 40 °C. It softens with every wash. Tumble dry low or line dry.",
  wood: "Dust with a dry cloth; oil once a year. Wipe up water at once.",
  ceramic: "Dishwasher safe. Small differences in the glaze are part of the making.",
} as const;
