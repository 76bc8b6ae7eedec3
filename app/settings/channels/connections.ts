import type { ChannelAccount } from "@prisma/client";
import type { ConnectField } from "~/channels/channel";
import { type ConnectedKind, connectedKinds } from "~/channels/kinds";
import { canBeMissed, type MissedSearch } from "~/channels/missed";
import type { Context, StaffActor } from "~/context";
import { NotFound } from "~/http/errors";
import { isId } from "~/platform/ids";
import { connectorOf, missingSettings } from "./connectors";
import { type AccountState, isFailing, stateOf, type TokenState, tokenState } from "./health";
import { type AsideRow, listAside } from "./put-aside";
import { operatorsDoor, type ToPaste, toPaste } from "./to-paste";

/** An account as staff see it: never with a credential. Times are ISO 8601. */
export interface AccountView {
  id: string;
  kind: ConnectedKind;
  name: string;
  externalId: string;
  state: AccountState;
  lastInAt: string | null;
  lastOutAt: string | null;
  /** The last thing that went wrong, while nothing has gone well since. */
  error: { at: string; words: string } | null;
  tokenExpiresAt: string | null;
  token: TokenState;
  checkedAt: string | null;
  /** What can be read again in the form: settings, no credentials. */
  values: Record<string, string>;
  /** What the last search for messages that never arrived found; null where none was made or the channel has no list. */
  missed: MissedSearch | null;
  /** Whether such a search can be made. */
  canBeMissed: boolean;
  /** What is to be copied to the provider. */
  toPaste: ToPaste[];
  /** Secrets that are kept, by the names of their fields. */
  kept: string[];
  /** How much of what came in could not be read. */
  aside: number;
}

export interface Connection {
  kind: ConnectedKind;
  accounts: AccountView[];
  /** The form with which an account is connected; null for a channel that this version cannot connect. */
  fields: ConnectField[] | null;
  /** Settings of the server that are missing. */
  missing: string[];
}

/** Every channel that can be connected, with the shop's accounts there. */
export async function connections(ctx: Context<StaffActor>): Promise<Connection[]> {
  const [rows, aside] = await Promise.all([
    ctx.db.prisma.channelAccount.findMany({
      where: { shopId: ctx.shop.id, state: { not: "disconnected" } },
      orderBy: [{ createdAt: "asc" }, { id: "asc" }],
    }),
    ctx.db.prisma.inbound.groupBy({
      by: ["accountId"],
      where: { shopId: ctx.shop.id, state: "aside" },
      _count: { _all: true },
    }),
  ]);
  const now = ctx.clock.now();
  const asideOf = new Map(aside.map((one) => [one.accountId, one._count._all]));
  return connectedKinds.map((kind) => ({
    kind,
    accounts: rows.filter((row) => row.kind === kind).map((row) => viewOf(row, kind, asideOf.get(row.id) ?? 0, now)),
    fields: connectorOf(kind)?.fields.map((field) => ({ ...field })) ?? null,
    missing: missingSettings(kind),
  }));
}

/** One channel as its page shows it. */
export interface ConnectionPage {
  connection: Connection;
  aside: AsideRow[];
  /** What whoever runs the app enters at the provider, once for all stores. */
  operatorsDoor: string | null;
}

/** One channel with its accounts, and what of it was put aside. */
export async function connection(ctx: Context<StaffActor>, kind: ConnectedKind): Promise<ConnectionPage> {
  const [all, aside] = await Promise.all([connections(ctx), listAside(ctx, kind)]);
  const found = all.find((one) => one.kind === kind);
  if (!found) throw new NotFound("This channel");
  return { connection: found, aside, operatorsDoor: operatorsDoor(kind) };
}

/** One of the shop's accounts, also a disconnected one; NotFound for any other id. */
export async function accountOf(ctx: Pick<Context, "shop" | "db">, accountId: string): Promise<ChannelAccount> {
  const found = isId(accountId)
    ? await ctx.db.prisma.channelAccount.findUnique({ where: { shopId_id: { shopId: ctx.shop.id, id: accountId } } })
    : null;
  if (!found) throw new NotFound("This account");
  return found;
}

function viewOf(row: ChannelAccount, kind: ConnectedKind, aside: number, now: Date): AccountView {
  const fields = connectorOf(kind)?.fields ?? [];
  const settings = row.settings as Record<string, unknown>;
  const shown = fields.filter((field) => !field.secret && field.keptIn === "settings");
  return {
    id: row.id,
    kind,
    name: row.name,
    externalId: row.externalId,
    state: stateOf({ ...row, aside }, now),
    lastInAt: row.lastInAt?.toISOString() ?? null,
    lastOutAt: row.lastOutAt?.toISOString() ?? null,
    error: row.lastErrorAt && isFailing(row) ? { at: row.lastErrorAt.toISOString(), words: row.lastError ?? "" } : null,
    tokenExpiresAt: row.tokenExpiresAt?.toISOString() ?? null,
    token: tokenState(row.tokenExpiresAt, now),
    checkedAt: row.checkedAt?.toISOString() ?? null,
    values: Object.fromEntries(
      shown.flatMap(({ name }) => (settings[name] === undefined ? [] : [[name, String(settings[name])]])),
    ),
    missed: (row.progress as { missed?: MissedSearch }).missed ?? null,
    canBeMissed: canBeMissed(kind),
    toPaste: toPaste(kind, row.id, settings),
    kept: row.credentials === null ? [] : fields.filter((field) => field.secret).map(({ name }) => name),
    aside,
  };
}
