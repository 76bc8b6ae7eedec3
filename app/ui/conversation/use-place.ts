import { useEffect, useState } from "react";
import type { ThreadEntry } from "~/conversations/thread-entry";
import type { PersonBeside } from "~/customers/beside";
import { alike, defaultPlace, isReachedHere, type Place } from "../composer/places";

export interface ChosenPlace {
  place: Place | null;
  /** All that a reply in this conversation reaches. */
  reachable: Place[];
  /** Places between which the writer has to choose first; empty when there is no question. */
  toChoose: Place[];
  /** They can be called, whatever can be written to them. */
  canBeCalled: boolean;
  choose(place: Place): void;
  picking: boolean;
  setPicking(open: boolean): void;
}

/**
 * Where the next reply goes: where they wrote last, until the writer chooses; a message from somewhere else moves it there.
 * @param asked what the address of the page names: an endpoint's id, or "here"
 */
export function usePlace(person: PersonBeside, entries: readonly ThreadEntry[], asked: string | null): ChosenPlace {
  const [chosen, setChosen] = useState<string | null>(null);
  const [picking, setPicking] = useState(false);
  const lastIn = entries.findLast((entry) => entry.type === "message" && entry.message.author === "shopper");
  const lastKey = lastIn?.type === "message" ? `${lastIn.message.channel} ${lastIn.message.endpointId}` : "";
  const [chosenAt, setChosenAt] = useState(lastKey);
  // They went on elsewhere: the answer follows them.
  useEffect(() => {
    if (chosenAt !== lastKey) setChosen(null);
  }, [chosenAt, lastKey]);
  const reachable = person.endpoints.filter(isReachedHere);
  const usual = defaultPlace(person.endpoints, entries, asked);
  const place = reachable.find((one) => one.id === chosen) ?? usual;
  const settled = chosen !== null || asked === "here" || place?.id === asked;
  return {
    place,
    reachable,
    toChoose: settled ? [] : alike(person.endpoints, place),
    canBeCalled: person.endpoints.some(({ channel }) => channel === "voice"),
    choose(next) {
      setChosen(next.id);
      setChosenAt(lastKey);
    },
    picking,
    setPicking,
  };
}
