import { describe, expect, it } from "vitest";
import { NORTHWIND, RANGES } from "../../../../dev/shopify/seed/catalogue/shops";
import { drawImage, imagePaths } from "../../../../dev/shopify/seed/images";
import { collectionBannerPath, homeBannerPath, productImagePath } from "../../../../dev/shopify/seed/paths";

describe("drawImage", () => {
  it("draws every product in every colour, near and far, and every banner", () => {
    for (const range of RANGES) {
      for (const product of range.products) {
        for (const colour of product.colours) {
          expect(imagePaths()).toContain(productImagePath(product.handle, colour));
          expect(imagePaths()).toContain(productImagePath(product.handle, colour, 2));
        }
      }
      for (const collection of range.collections)
        expect(imagePaths()).toContain(collectionBannerPath(collection.handle));
    }
    for (const theme of ["meridian", "classic"]) expect(drawImage(homeBannerPath(theme))).toContain("1600");
  });

  it("writes well-formed SVG: tags in balance, no attribute twice, no number missing", () => {
    for (const path of imagePaths()) {
      const svg = drawImage(path) ?? "";
      expect(svg, path).not.toMatch(/NaN|undefined|Infinity/);
      const open: string[] = [];
      for (const [, closing, name = "", attributes = "", selfClosed] of svg.matchAll(
        /<(\/?)([a-zA-Z]+)([^>]*?)(\/?)>/g,
      )) {
        const names = [...attributes.matchAll(/([\w:-]+)="/g)].map((each) => each[1]);
        expect(new Set(names).size, `${path} <${name}${attributes}>`).toBe(names.length);
        if (closing) expect(open.pop(), path).toBe(name);
        else if (!selfClosed) open.push(name);
      }
      expect(open, path).toEqual([]);
    }
  });

  it("paints the colours differently and ignores a query", () => {
    const [first] = NORTHWIND.products;
    const [olive, navy] = first?.colours ?? [];
    if (!first || !olive || !navy) throw new Error("the first product has two colours");
    expect(drawImage(productImagePath(first.handle, olive))).not.toBe(drawImage(productImagePath(first.handle, navy)));
    expect(drawImage(`${productImagePath(first.handle, olive)}?width=200`)).toBe(
      drawImage(productImagePath(first.handle, olive)),
    );
  });

  it("is null where nothing is drawn", () => {
    for (const path of ["", "/cdn/products/unknown.svg", "/cdn/products/../secret", "/etc/passwd"]) {
      expect(drawImage(path)).toBeNull();
    }
  });
});
