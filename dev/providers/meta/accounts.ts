import type { Kind, Page, PhoneNumber, State } from "./state";

/** An account with what a merchant enters in Settings → Channels to connect it. */
export interface Connectable {
  kind: Kind;
  externalId: string;
  name: string;
  values: Record<string, string>;
  /** The one that its ids end in. */
  number: number;
}

export function accountsOf(state: State): Connectable[] {
  const numberOf = (id: string) => Number(id.slice(-2));
  return [
    ...state.pages.flatMap(({ id, name, token, instagram }): Connectable[] => [
      { kind: "messenger", externalId: id, name, values: { pageId: id, token }, number: numberOf(id) },
      {
        ...{ kind: "instagram", externalId: instagram.id, name: `@${instagram.username}`, number: numberOf(id) },
        values: { login: "facebook", pageId: id, token },
      },
    ]),
    ...state.numbers.map(
      ({ id, wabaId, token, display, verifiedName }): Connectable => ({
        ...{ kind: "whatsapp", externalId: id, name: `${verifiedName}, ${display}`, number: numberOf(id) },
        values: { phoneNumberId: id, wabaId, token },
      }),
    ),
  ];
}

/** A page with its profile, and a number, whose ids end in `number`. */
export function furtherAccounts(number: number): { page: Page; phone: PhoneNumber } {
  const end = String(number).padStart(2, "0");
  const name = `Northwind ${end}`;
  const instagram = { id: `178414000000000${end}`, username: `northwind.${end}`, name };
  return {
    page: { id: `1042000000000${end}`, name, token: `EAAlocalpagetoken0000000000000000${end}`, instagram },
    phone: {
      id: `1065000000000${end}`,
      wabaId: `1022000000000${end}`,
      display: `+45 20 12 34 ${end}`,
      verifiedName: name,
      token: `EAAlocalsystemusertoken000000000000${end}`,
      quality: "GREEN",
    },
  };
}
