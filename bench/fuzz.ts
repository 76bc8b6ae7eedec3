import { main } from "./fuzz/main";

/** `npm run fuzz -- mail --runs 20000 --seed 1`; what a target is stands in `fuzz/target.ts`. */
process.exit(await main(process.argv.slice(2)));
