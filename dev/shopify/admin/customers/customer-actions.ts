import type { Request, Response } from "express";
import { changeConsent } from "../../customers/consent";
import { mergeCustomers } from "../../customers/merge";
import { planMerge } from "../../customers/merge-plan";
import { customerRedactPayload, dataRequestPayload } from "../../webhooks/payloads";
import { publish } from "../../webhooks/publish";
import type { World } from "../../world";
import type { Visit } from "../visit";
import { isPrivacyRequest } from "./privacy-card";

/** Registers what a button does: it answers with the address where its result is seen, or null for "not found". */
export type On = (path: string, work: (visit: Visit, request: Request, response: Response) => string | null) => void;

const CHANNELS = ["email", "sms"] as const;
const STATES = ["SUBSCRIBED", "UNSUBSCRIBED"] as const;

/** The buttons of the customer page. */
export function customerActions(world: World, on: On): void {
  on("/customers/:id/consent/:channel", (visit, request) => {
    const customer = visit.shop.get("customer", Number(request.params.id));
    const channel = CHANNELS.find((each) => each === request.params.channel);
    const state = STATES.find((each) => each === request.body.state);
    if (!customer || !channel || !state) return null;
    const at = world.clock().toISOString();
    changeConsent(world, visit.shop, customer, { channel, state, optInLevel: "SINGLE_OPT_IN", at });
    return `${visit.base}/customers/${customer.id}`;
  });

  on("/customers/:id/merge", (visit, request) => {
    const one = visit.shop.get("customer", Number(request.params.id));
    const two = visit.shop.get("customer", Number(request.body.other));
    if (!one || !two || one.id === two.id) return null;
    // Where Shopify's rules prefer neither, the one whose page this is stays.
    const plan = planMerge(visit.shop, two, one);
    mergeCustomers(world, visit.shop, plan);
    const problem = plan.problems[0]?.message;
    if (problem) return `${visit.base}/customers/${one.id}?problem=${encodeURIComponent(problem)}`;
    return `${visit.base}/customers/${plan.kept.id}`;
  });

  on("/customers/:id/privacy/:request", (visit, request) => {
    const { shop, base } = visit;
    const customer = shop.get("customer", Number(request.params.id));
    const asked = request.params.request;
    if (!customer || !isPrivacyRequest(asked)) return null;
    shop.transaction(() => {
      const payload = asked === "redact" ? customerRedactPayload(shop, customer) : dataRequestPayload(shop, customer);
      publish(world, shop, `customers/${asked}`, payload);
    });
    return `${base}/customers/${customer.id}?sent=${asked}`;
  });
}
