export { storefront } from "./router";

import { listBlocks, setBlock } from "./extension/theme-editor";

/** What the admin's theme editor page needs: the app blocks of a shop's theme and how to switch them. */
export const themeEditor = { listBlocks, setBlock };
