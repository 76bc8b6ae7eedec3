import { buffer } from "node:stream/consumers";
import { beforeAll, expect, it } from "vitest";
import { meet } from "~/customers/meet";
import { change } from "~/events/change";
import { downloadDataRequest, listDataRequests } from "~/privacy/data-requests";
import { customerRedactPayload, dataRequestPayload } from "../../dev/shopify/webhooks/payloads";
import { publish } from "../../dev/shopify/webhooks/publish";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;
beforeAll(async () => {
  stage = await setStage();
});

const ada = () => {
  const found = stage.small.shop.get("customer", 601);
  if (!found) throw new Error("the small shop has no Ada");
  return found;
};

it("hands over what is kept and erases it, as the buttons of Shopify's customer page ask", async () => {
  const { world, shop } = stage.small;
  await change(stage.staff, (tx) => meet(tx, stage.staff, "gid://shopify/Customer/601"));
  await stage.work();
  publish(world, shop, "customers/data_request", dataRequestPayload(shop, ada()));
  await stage.deliver();
  const [asked] = await listDataRequests(stage.staff);
  expect(asked).toMatchObject({ shopifyCustomerId: "gid://shopify/Customer/601", downloadedAt: null });
  const { name, content } = await downloadDataRequest(stage.staff, asked?.id ?? "");
  expect(name).toBe("data-of-customer-601.zip");
  // A zip's first bytes.
  expect((await buffer(content)).subarray(0, 4).toString("latin1")).toBe("PK\u0003\u0004");

  const kept = () => stage.app.db.prisma.customer.count({ where: { shopifyCustomerId: "gid://shopify/Customer/601" } });
  expect(await kept()).toBe(1);
  publish(world, shop, "customers/redact", customerRedactPayload(shop, ada()));
  await stage.deliver();
  expect(await kept()).toBe(0);
});
