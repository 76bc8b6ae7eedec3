import type { Actor, AppContext, Context } from "~/context";

type Named = string | { domain: string };
type AppActor = Extract<Actor, { kind: "app" }>;

/** The context of work that nobody asked for in person: a job or a webhook. Null when the shop is not known. */
export async function contextOf<As extends Actor = AppActor>(
  app: AppContext,
  shop: Named,
  actor: As = { kind: "app" } as As,
): Promise<Context<As> | null> {
  return make(app, shop, actor, false);
}

/** The context of a person's request: null as well when the shop has taken the app away. */
export async function installedContext<As extends Actor = AppActor>(
  app: AppContext,
  shop: Named,
  actor: As = { kind: "app" } as As,
): Promise<Context<As> | null> {
  return make(app, shop, actor, true);
}

async function make<As extends Actor>(
  app: AppContext,
  shop: Named,
  actor: As,
  onlyInstalled: boolean,
): Promise<Context<As> | null> {
  const found = await app.db.prisma.shop.findFirst({
    where: { ...(typeof shop === "string" ? { id: shop } : shop), ...(onlyInstalled ? { uninstalledAt: null } : {}) },
    select: { id: true, domain: true, name: true, currency: true },
  });
  return found ? { shop: found, actor, db: app.db, clock: app.clock, signals: app.signals } : null;
}
