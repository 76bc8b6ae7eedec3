import type { GraphQLResolveInfo } from "graphql";
import type { ShopRecord, TokenRecord } from "../../records";
import type { AdminSchema } from "../../schema/load";
import type { ShopStore } from "../../store";
import type { World } from "../../world";

/** What every resolver of one request knows. */
export interface AdminContext {
  world: World;
  shop: ShopStore;
  settings: ShopRecord;
  token: TokenRecord;
  admin: AdminSchema;
  /** The moment of the request; one for all its fields. */
  now: Date;
  /** Set while a bulk operation reads: connections then answer whole, whatever page is asked for. */
  inBulk?: boolean;
}

/** Arguments and input objects. What a resolver never reads fails the request, see strict-arguments.ts. */
export type Arguments = Record<string, unknown>;

export type Resolver<Source> = (
  source: Source,
  args: Arguments,
  context: AdminContext,
  info: GraphQLResolveInfo,
) => unknown;

/** The implemented fields of one type. */
export type Fields<Source> = Record<string, Resolver<Source>>;

/** Fields that are the record's property of the same name. */
export function same<Source>(...names: (keyof Source & string)[]): Fields<Source> {
  return Object.fromEntries(names.map((name) => [name, (source: Source) => source[name]]));
}

/** Types of many sources in one table; a field's source is what its parent's resolver returned. */
export type Types = Record<string, Fields<never>>;
