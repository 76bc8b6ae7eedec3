import { get, set } from "../loader/storage";

let context: AudioContext | undefined;

export function soundIsOn(): boolean {
  return get("localStorage", "quiet") === null;
}

export function turnSound(on: boolean): void {
  set("localStorage", "quiet", on ? null : "1");
}

/** Two soft tones. Browsers play nothing before the shopper has touched the page; then this does nothing either. */
export function chime(): void {
  if (!soundIsOn() || !navigator.userActivation?.hasBeenActive) return;
  try {
    context ??= new AudioContext();
    const start = context.currentTime;
    for (const [at, frequency] of [
      [0, 660],
      [0.12, 880],
    ] as const) {
      const tone = context.createOscillator();
      const volume = context.createGain();
      tone.frequency.value = frequency;
      volume.gain.setValueAtTime(0.0001, start + at);
      volume.gain.exponentialRampToValueAtTime(0.06, start + at + 0.02);
      volume.gain.exponentialRampToValueAtTime(0.0001, start + at + 0.25);
      tone.connect(volume).connect(context.destination);
      tone.start(start + at);
      tone.stop(start + at + 0.3);
    }
  } catch {}
}
