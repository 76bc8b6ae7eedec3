import { audit } from "~/audit/audit";
import { noteHealth, openAccount, opened, sealCredentials } from "~/channels/accounts";
import type { Account, ConnectField } from "~/channels/channel";
import { type ConnectedKind, channelName } from "~/channels/kinds";
import type { Context, StaffActor } from "~/context";
import type { Transaction } from "~/db.server";
import { change } from "~/events/change";
import { type FieldProblem, Invalid } from "~/http/errors";
import { newId } from "~/platform/ids";
import { accountOf } from "./connections";
import { type Connector, connectorOf, missingSettings } from "./connectors";
import { wordsOf } from "./provider-words";

interface Connect {
  kind: ConnectedKind;
  /** By the names of the channel's fields. An empty secret of a connected account stays what it is. */
  values: Readonly<Record<string, string>>;
  /** The account whose settings and credentials are replaced; null for another one. */
  accountId: string | null;
}

export interface Connected {
  accountId: string;
  name: string;
  /** Secrets that were made just now, to be told once: whoever calls us signs with them. */
  made: string[];
}

/**
 * Connects an account at a provider, or replaces what a connected one was set up with. The provider is asked whose the
 * credentials are; one that was disconnected before goes on with its history. Throws Invalid naming the field, NotFound.
 */
export async function connect(ctx: Context<StaffActor>, input: Connect): Promise<Connected> {
  const { kind, accountId } = input;
  const connector = connectorOf(kind);
  if (!connector) throw formProblem(`${channelName(kind)} cannot be connected in this version.`);
  const missing = missingSettings(kind);
  if (missing.length > 0)
    throw formProblem(`Whoever runs this app must set ${missing.join(", ")} on its server first.`);
  const before = accountId === null ? null : await accountOf(ctx, accountId);
  const known = before && before.state !== "disconnected" ? opened(before) : null;
  const given = split(connector, input.values, known);
  const checked = {
    settings: parsed(connector, "settings", given),
    credentials: parsed(connector, "credentials", given),
  };
  const found = await connector.identify({ ...checked, known: known?.externalId ?? null });
  if (known && known.externalId !== found.externalId) {
    throw formProblem(`These are for ${found.name}, not for ${known.name}. Connect ${found.name} as another account.`);
  }
  try {
    const id = await change(ctx, (tx) => keep(tx, ctx, kind, found));
    await introduce(ctx, connector, id);
    return { accountId: id, name: found.name, made: madeOf(connector, given, found) };
  } catch (error) {
    if (!isTaken(error)) throw error;
    throw formProblem(`${found.name} is connected in another store. Disconnect it there first.`);
  }
}

/** Tells the provider where to send. It stays connected when that fails: staff see why, and testing it tries again. */
async function introduce(ctx: Context<StaffActor>, connector: Connector, accountId: string): Promise<void> {
  const account = await openAccount(ctx, accountId);
  if (!account || !connector.connected) return;
  try {
    await connector.connected(account);
  } catch (error) {
    const lastError = wordsOf(error);
    if (lastError === null) throw error;
    await noteHealth(ctx.db.prisma, account, { lastErrorAt: ctx.clock.now(), lastError });
  }
}

function formProblem(message: string): Invalid {
  return new Invalid([{ field: "", message }]);
}

interface Given {
  settings: Record<string, unknown>;
  credentials: Record<string, string>;
}

/** What was given, with what the account has besides that no form asks for, such as its forwarding address. */
function split(connector: Connector, values: Connect["values"], known: Account | null): Given {
  const asked = new Set(connector.fields.map(({ name }) => name));
  const besides = <Value>(kept: Record<string, Value> = {}) =>
    Object.fromEntries(Object.entries(kept).filter(([name]) => !asked.has(name)));
  const given: Given = { settings: besides(known?.settings), credentials: besides(known?.credentials) };
  const problems: FieldProblem[] = [];
  for (const field of connector.fields) {
    const kept = field.secret && !movesTo(field, values, known) ? (known?.credentials[field.name] ?? "") : "";
    const value = (values[field.name] ?? "").trim() || kept;
    if (value !== "") given[field.keptIn][field.name] = value;
    else if (!field.optional) problems.push({ field: field.name, message: `Enter the ${lowered(field.label)}.` });
  }
  if (problems.length > 0) throw new Invalid(problems);
  return given;
}

/** A secret that was typed for one server is never sent to another: whoever may change settings need not know it. */
function movesTo({ goesTo }: ConnectField, values: Connect["values"], known: Account | null): boolean {
  if (goesTo === undefined) return false;
  return (values[goesTo] ?? "").trim().toLowerCase() !== String(known?.settings[goesTo] ?? "").toLowerCase();
}

/** Within a sentence, but for what is written in capitals. */
const lowered = (label: string): string => label.replace(/^[A-Z](?=[a-z ])/, (letter) => letter.toLowerCase());

function parsed<Part extends keyof Given>(connector: Connector, part: Part, given: Given) {
  const read = connector[part].safeParse(given[part]);
  if (read.success) return read.data as Part extends "settings" ? Record<string, unknown> : Record<string, string>;
  throw new Invalid(read.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? ""), message })));
}

type Found = Awaited<ReturnType<Connector["identify"]>>;

function madeOf({ fields }: Connector, given: Given, found: Found): string[] {
  const known = new Set([...fields.map(({ name }) => name), ...Object.keys(given.credentials)]);
  return Object.entries(found.credentials).flatMap(([name, value]) => (known.has(name) ? [] : [value]));
}

async function keep(tx: Transaction, ctx: Context<StaffActor>, kind: ConnectedKind, found: Found): Promise<string> {
  const now = ctx.clock.now();
  const shopId = ctx.shop.id;
  const there = await tx.channelAccount.findFirst({
    where: { shopId, kind, externalId: found.externalId },
    orderBy: [{ disconnectedAt: { sort: "desc", nulls: "first" } }],
    select: { id: true, state: true },
  });
  const id = there?.id ?? newId(now);
  const data = {
    name: found.name,
    settings: found.settings as object,
    credentials: sealCredentials(shopId, id, found.credentials),
    tokenExpiresAt: found.tokenExpiresAt,
    checkedAt: now,
    lastErrorAt: null,
    lastError: null,
  };
  const isNew = !there || there.state === "disconnected";
  if (there) {
    const anew = isNew ? { state: "active", disconnectedAt: null } : {};
    await tx.channelAccount.update({ where: { shopId_id: { shopId, id } }, data: { ...data, ...anew } });
  } else {
    const { externalId } = found;
    await tx.channelAccount.create({
      data: { ...data, shopId, id, kind, externalId, state: "active", createdAt: now },
    });
  }
  const action = isNew ? "channel.connected" : "channel.changed";
  await audit(tx, ctx, { action, subjectKind: "channel", subjectId: id, detail: { kind } });
  return id;
}

/** The unique index of what providers send: an account belongs to one shop at a time. */
function isTaken(error: unknown): boolean {
  const { code, meta } = error as { code?: string; meta?: unknown };
  return code === "P2002" || (code === "23505" && JSON.stringify(meta ?? {}).includes("channel_account_of_one_shop"));
}
