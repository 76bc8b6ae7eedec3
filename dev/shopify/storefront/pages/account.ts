import { timingSafeEqual } from "node:crypto";
import type { CustomerRecord } from "../../records";
import { renderPage } from "../liquid/page";
import { isLocalPath, localePath, signIn, signOut, type Visit } from "../visit";

/** Customers that the login page offers for one click: those with the most orders. */
const offered = 4;

/** `/account…`; false when there is no such page. */
export function answerAccount(visit: Visit, fields: Record<string, unknown>): boolean {
  const { req, res, path } = visit;
  res.setHeader("Cache-Control", "no-store");
  if (path === "/account/logout") {
    signOut(visit);
    res.redirect(302, localePath(visit, "/"));
    return true;
  }
  if (path === "/account/login") {
    if (req.method === "POST") logIn(visit, fields);
    else showLogin(visit);
    return true;
  }
  if (path !== "/account") return false;
  if (!visit.customer) res.redirect(302, localePath(visit, "/account/login"));
  else res.type("html").send(renderPage(visit, "customers/account", { page_title: "Account" }));
  return true;
}

function logIn(visit: Visit, fields: Record<string, unknown>): void {
  const demo = Number(fields.demo_customer) || null;
  const given = (fields.customer ?? {}) as Record<string, unknown>;
  const customer = demo
    ? (demoCustomers(visit).find(({ id }) => id === demo) ?? null)
    : findByPassword(visit, String(given.email ?? ""), String(given.password ?? ""));
  if (!customer) return void showLogin(visit, "Incorrect email or password.");
  signIn(visit, structuredClone(customer) as CustomerRecord);
  visit.res.redirect(303, returnPath(visit, fields.return_url));
}

function showLogin(visit: Visit, error?: string): void {
  const customers = demoCustomers(visit).map((customer) => ({
    id: customer.id,
    name: [customer.firstName, customer.lastName].filter(Boolean).join(" "),
    email: customer.email,
    city: customer.addresses[0]?.city ?? "",
  }));
  const result = error ? { kind: "customer_login", errors: { messages: [error] } } : undefined;
  const html = renderPage(visit, "customers/login", {
    page_title: "Log in",
    demo_customers: customers,
    form_result: result,
    page: { return_url: returnPath(visit, visit.req.query.return_url) },
  });
  visit.res
    .status(error ? 422 : 200)
    .type("html")
    .send(html);
}

function demoCustomers(visit: Visit): Readonly<CustomerRecord>[] {
  const orders = new Map<number, number>();
  for (const { customerId } of visit.shop.all("order")) {
    if (customerId !== null) orders.set(customerId, (orders.get(customerId) ?? 0) + 1);
  }
  return visit.shop
    .all("customer")
    .filter((customer) => customer.email !== null && customer.password !== null)
    .map((customer, index) => ({ customer, index, count: orders.get(customer.id) ?? 0 }))
    .sort((a, b) => b.count - a.count || a.index - b.index)
    .slice(0, offered)
    .map(({ customer }) => customer);
}

function findByPassword(visit: Visit, email: string, password: string): Readonly<CustomerRecord> | null {
  const found = visit.shop
    .all("customer")
    .find((customer) => customer.email?.toLowerCase() === email.trim().toLowerCase());
  if (!found?.password || found.state === "DISABLED") return null;
  const expected = Buffer.from(found.password);
  const given = Buffer.from(password);
  return expected.length === given.length && timingSafeEqual(expected, given) ? found : null;
}

function returnPath(visit: Visit, asked: unknown): string {
  return typeof asked === "string" && isLocalPath(asked) ? asked : localePath(visit, "/account");
}
