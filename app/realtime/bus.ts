/** Carries short texts between the app's processes. May lose some; never the only way that something is known. */
export interface Bus {
  publish(text: string): void;
  close(): Promise<void>;
}

export type OpenBus = (hear: (text: string) => void) => Promise<Bus>;
