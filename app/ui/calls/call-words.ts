import type { EntryData } from "~/timeline/catalogue";

type Piece = string | { name: string };

/** How long something took, in words: "3 min", "40 s", "1 h 5 min". @param seconds whole seconds */
export function lasting(seconds: number): string {
  if (seconds < 60) return `${seconds} s`;
  const minutes = Math.round(seconds / 60);
  if (minutes < 60) return `${minutes} min`;
  return minutes % 60 === 0 ? `${minutes / 60} h` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

/** A running time as a clock shows it: "0:07", "12:40", "1:02:09". */
export function running(seconds: number): string {
  const two = (part: number) => String(part).padStart(2, "0");
  const whole = Math.max(0, Math.floor(seconds));
  const [hours, minutes] = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60)];
  return hours > 0 ? `${hours}:${two(minutes)}:${two(whole % 60)}` : `${minutes}:${two(whole % 60)}`;
}

/** What the story says of a call. `who` is the member of staff who talked last, or null. */
export function callSentence({ direction, outcome, seconds }: EntryData["call.ended"], who: Piece | null): Piece[] {
  if (outcome === "answered") {
    const talk = ` talked ${lasting(seconds)} with `;
    return direction === "in"
      ? ["Called,", talk, who ?? "someone no longer on the team"]
      : [who ?? "A colleague", " called,", ` talked ${lasting(seconds)}`];
  }
  if (direction === "out") return [who ?? "A colleague", ` called, ${unanswered[outcome] ?? "no answer"}`];
  return [incoming[outcome] ?? "Called"];
}

const unanswered: Record<string, string> = {
  missed: "no answer",
  declined: "the line was busy",
  failed: "the call did not go through",
  abandoned: "hung up before there was an answer",
};

const incoming: Record<string, string> = {
  missed: "Missed call",
  abandoned: "Missed call, hung up while waiting",
  voicemail: "Left a voicemail",
  declined: "Missed call",
  failed: "Called, the call did not go through",
};

/** What stands on the message of a call in its conversation. */
export function callTitle(call: { direction: "in" | "out"; outcome: string; seconds: number }): string {
  if (call.outcome === "answered") {
    return `${call.direction === "in" ? "Incoming call" : "Outgoing call"} · ${lasting(call.seconds)}`;
  }
  if (call.outcome === "voicemail") return `Voicemail${call.seconds > 0 ? ` · ${lasting(call.seconds)}` : ""}`;
  return call.direction === "in" ? "Missed call" : `Called, ${unanswered[call.outcome] ?? "no answer"}`;
}
