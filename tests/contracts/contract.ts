import type { Account } from "~/channels/channel";
import type { WrittenKind } from "~/channels/kinds";
import type { MakeProvider } from "../../dev/providers/provider";
import type { LocalProviders } from "../../dev/providers/start";
import type { Captured } from "./stage";

export interface FarFile {
  name: string;
  type: string;
  bytes: Uint8Array;
}

/** What somebody has on their phone of what the store sent. */
export interface Received {
  /** The provider's id. */
  id: string;
  text: string;
  files: number;
}

/** What the battery needs to know of one channel. Persons are numbered from 0; what is optional is left out of the battery. */
export interface Contract {
  kind: WrittenKind;
  /** The stand-in's name, and those that are started. */
  provider: string;
  providers: readonly MakeProvider[];
  /** What the app's environment says of the provider. */
  environment?: Record<string, string>;
  /** Makes account number 0, 1 or 2 at the far end, each with a secret of its own, and gives what a merchant enters. */
  account(local: LocalProviders, number: number): Promise<Record<string, string>>;
  /** Brings a request to the channel's route. */
  door(request: Request): Promise<Response>;
  /** The header that proves the provider. */
  signature: string;
  /** A request to the account's door with this body, signed as the provider does. */
  sign(account: Account, body: Uint8Array, now: Date): Captured;
  /** Bytes of a request that is more than the door takes. */
  tooLarge: number;
  /** A person writes; gives the provider's id. */
  write(
    local: LocalProviders,
    account: Account,
    message: { person: number; text: string; files?: FarFile[]; replyTo?: string },
  ): Promise<string>;
  /** What a person has received from the account, oldest first. */
  received(local: LocalProviders, account: Account, person: number): Promise<Received[]>;
  /** `POST /path` of the call that sends, for trouble on demand. */
  sends: string;
  /** Whether the far end can be asked if something was sent; `by receipt`: it tells by itself of what it took. */
  findable: boolean | "by receipt";
  /** Makes the far end refuse what is sent to a person, for good. Gives a word that staff read. */
  refuse?(local: LocalProviders, account: Account, person: number): Promise<RegExp>;
  /** The provider tells what became of a message of ours. */
  receipt?(
    local: LocalProviders,
    account: Account,
    message: { id: string; person: number },
    state: "sent" | "delivered" | "read" | "failed",
  ): Promise<void>;
  /** Whether a person's message may name the one that it answers. */
  replies: boolean;
  /** Whether files go both ways. */
  files: boolean;
  /** Bodies that a provider might send one day, each by its trouble. The door or the reader copes with every one. */
  strange: Readonly<Record<string, (account: Account) => string | Uint8Array>>;
  /** A body of a message whose id is empty. */
  emptyId(account: Account): string;
  /** A body of a message of a kind that nobody knows yet, from person 3. */
  unknownKind?(account: Account): string;
  /** The account's id is made here: no body of the provider's names it, and connecting again makes another. */
  ownIds?: true;
  /** Text longer than the channel takes in one message. */
  tooLong: number;
}
