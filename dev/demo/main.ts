import "./quiet-warnings";
import { join } from "node:path";
import { demo } from "./demo";

await demo(join(import.meta.dirname, "../.."), process.argv.slice(2));
