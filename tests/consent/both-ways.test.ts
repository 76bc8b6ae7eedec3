import { beforeAll, expect, it } from "vitest";
import { giveConsent } from "~/consent/give";
import { mayContact } from "~/consent/may-contact";
import { withdrawConsent } from "~/consent/withdraw";
import { meet } from "~/customers/meet";
import { change } from "~/events/change";
import { changeConsent, type MarketingState } from "../../dev/shopify/customers/consent";
import { type Stage, setStage } from "../support/stage";

let stage: Stage;
let customerId: string;
const gid = "gid://shopify/Customer/601";

beforeAll(async () => {
  stage = await setStage();
  customerId = await change(stage.staff, (tx) => meet(tx, stage.staff, gid));
  await stage.work();
});

const ada = () => {
  const found = stage.small.shop.get("customer", 601);
  if (!found) throw new Error("the small shop has no Ada");
  return found;
};
/** A minute, on both clocks. */
const later = () => {
  stage.clock.advance(60_000);
  stage.small.pass(60_000);
};
const inShopify = () => {
  const { emailMarketingState, smsMarketingState } = ada();
  return [emailMarketingState, smsMarketingState];
};
const rows = () =>
  stage.app.db.prisma.consent.findMany({ where: { customerId }, orderBy: [{ recordedAt: "asc" }, { id: "asc" }] });
const verdict = (channel: "email" | "sms") =>
  change(stage.staff, (tx) =>
    mayContact(tx, stage.staff, { customerId, channel, purpose: "marketing", endpoint: null }),
  );
const inAdmin = (state: MarketingState) => {
  const customer = ada();
  const at = stage.small.world.clock().toISOString();
  changeConsent(stage.small.world, stage.small.shop, customer, { channel: "email", state, optInLevel: null, at });
};
/** Everything that there is to say between the two, until nobody says any more. */
async function settle(): Promise<number> {
  for (let turns = 0; turns < 6; turns += 1) {
    await stage.work();
    if ((await stage.deliver()).length === 0) return turns;
  }
  throw new Error("the two never stop telling each other");
}

it("tells Shopify what was said here, and hears it back as no news", async () => {
  await settle();
  const before = (await rows()).length;
  later();
  await withdrawConsent(stage.staff, {
    customerId,
    channel: "email",
    purpose: "marketing",
    touchpoint: "wrote it in the chat",
  });
  expect(await verdict("email")).toMatchObject({ allowed: false, because: "withdrawn" });
  await settle();
  expect(inShopify()[0]).toBe("UNSUBSCRIBED");
  later();
  await giveConsent(stage.staff, { customerId, channel: "email", purpose: "marketing", touchpoint: "on the phone" });
  await settle();
  expect(inShopify()[0]).toBe("SUBSCRIBED");
  const said = (await rows()).slice(before);
  expect(said.map(({ state, source }) => `${state} ${source}`)).toEqual(["withdrawn staff", "given staff"]);
});

it("follows what is said in Shopify, and does not tell it back", async () => {
  later();
  const before = (await rows()).length;
  inAdmin("UNSUBSCRIBED");
  const changes = stage.small.shop.all("webhookDelivery").length;
  expect(await settle()).toBeLessThan(3);
  expect(await verdict("email")).toEqual({ allowed: false, because: "withdrawn" });
  expect((await rows()).slice(before)).toMatchObject([{ state: "withdrawn", source: "shopify", channel: "email" }]);
  expect(stage.small.shop.all("webhookDelivery").length).toBe(changes);
});

it("leaves a refusal of Shopify's at that: the consent stands here", async () => {
  later();
  const customer = ada();
  stage.small.shop.put("customer", 601, { ...customer, phone: null });
  await giveConsent(stage.staff, { customerId, channel: "sms", purpose: "marketing", touchpoint: "on the phone" });
  await settle();
  expect(await verdict("sms")).toMatchObject({ allowed: true });
  const { rows: left } = await stage.app.db.sql.query(`SELECT 1 FROM graphile_worker._private_jobs`);
  expect(left).toHaveLength(0);
});
