/**
 * Carries short texts to the app's other processes, not back to this one. May lose some; never the only way that
 * something is known.
 */
export interface Bus {
  publish(text: string): void;
  close(): Promise<void>;
}

export type OpenBus = (hear: (text: string) => void) => Promise<Bus>;
