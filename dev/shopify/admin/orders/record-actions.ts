import { type Change, tell } from "../../commerce/orders/change";
import type { CustomerRecord, ProductRecord } from "../../records";
import {
  customerDeletedPayload,
  customerPayload,
  inventoryLevelPayload,
  productPayload,
} from "../../webhooks/payloads";
import type { World } from "../../world";
import type { On } from "../customers/customer-actions";
import { attempt } from "./order-actions";

/** The buttons of the product and customer pages that change the record itself. */
export function recordActions(world: World, on: On): void {
  on("/products/:id/stock", (visit, request) => {
    const product = visit.shop.get("product", Number(request.params.id));
    if (!product) return null;
    attempt(world, visit, (change) => {
      const moved = product.variants.filter((variant) => {
        const asked = Number(request.body[`stock-${variant.id}`]);
        if (!Number.isSafeInteger(asked) || asked === variant.inventoryQuantity) return false;
        variant.inventoryQuantity = asked;
        return true;
      });
      for (const variant of moved) {
        tell(change, "inventory_levels/update", inventoryLevelPayload(visit.shop, variant, change.now));
      }
      if (moved.length > 0) saveProduct(change, product, "products/update");
    });
    return `${visit.base}/products/${product.id}`;
  });

  on("/products/:id/details", (visit, request) => {
    const product = visit.shop.get("product", Number(request.params.id));
    if (!product) return null;
    const title = String(request.body.title ?? "").trim() || product.title;
    const status = (["ACTIVE", "ARCHIVED", "DRAFT"] as const).find((each) => each === request.body.status);
    attempt(world, visit, (change) =>
      saveProduct(change, { ...product, title, status: status ?? product.status }, "products/update"),
    );
    return `${visit.base}/products/${product.id}`;
  });

  on("/products/:id/copy", (visit, request) => {
    const product = visit.shop.get("product", Number(request.params.id));
    if (!product) return null;
    const id = visit.shop.newId("product");
    const variants = product.variants.map((variant) => ({
      ...variant,
      id: visit.shop.newId("variant"),
      inventoryItemId: visit.shop.newId("inventoryItem"),
      productId: id,
    }));
    const copy = {
      ...product,
      id,
      variants,
      title: `Copy of ${product.title}`,
      handle: `${product.handle}-copy-${id}`,
    };
    attempt(world, visit, (change) => saveProduct(change, { ...copy, createdAt: change.now }, "products/create"));
    return `${visit.base}/products/${id}`;
  });

  on("/products/:id/delete", (visit, request) => {
    const product = visit.shop.get("product", Number(request.params.id));
    if (!product) return null;
    attempt(world, visit, (change) => {
      visit.shop.delete("product", product.id);
      tell(change, "products/delete", { id: product.id });
    });
    return `${visit.base}/products`;
  });

  on("/customers/:id/account", (visit, request) => {
    const customer = visit.shop.get("customer", Number(request.params.id));
    if (!customer) return null;
    const state = customer.state === "ENABLED" ? "DISABLED" : "ENABLED";
    attempt(world, visit, (change) =>
      saveCustomer(change, { ...customer, state }, state === "ENABLED" ? "customers/enable" : "customers/disable"),
    );
    return `${visit.base}/customers/${customer.id}`;
  });

  on("/customers/:id/contact", (visit, request) => {
    const customer = visit.shop.get("customer", Number(request.params.id));
    if (!customer) return null;
    const text = (name: string) => String(request.body[name] ?? "").trim() || null;
    const contact = {
      firstName: text("firstName"),
      lastName: text("lastName"),
      email: text("email"),
      phone: text("phone"),
    };
    attempt(world, visit, (change) => saveCustomer(change, { ...customer, ...contact }));
    return `${visit.base}/customers/${customer.id}`;
  });

  on("/customers/:id/delete", (visit, request) => {
    const customer = visit.shop.get("customer", Number(request.params.id));
    if (!customer) return null;
    // Shopify keeps customers who have bought something.
    if (visit.shop.all("order").some((order) => order.customerId === customer.id)) {
      return `${visit.base}/customers/${customer.id}`;
    }
    attempt(world, visit, (change) => {
      visit.shop.delete("customer", customer.id);
      tell(change, "customers/delete", customerDeletedPayload(customer));
    });
    return `${visit.base}/customers`;
  });
}

function saveProduct(change: Change, product: ProductRecord, topic: string): void {
  const saved = { ...product, updatedAt: change.now };
  change.shop.put("product", saved.id, saved);
  tell(change, topic, productPayload(change.shop, saved));
}

function saveCustomer(change: Change, customer: CustomerRecord, ...topics: string[]): void {
  const saved = { ...customer, updatedAt: change.now };
  change.shop.put("customer", saved.id, saved);
  for (const topic of [...topics, "customers/update"]) tell(change, topic, customerPayload(change.shop, saved));
}
