/** Tells at the terminal what happens, a line at a time, with the seconds since the start. */
export class Progress {
  private readonly began = performance.now();

  say(line: string): void {
    const seconds = ((performance.now() - this.began) / 1000).toFixed(1).padStart(5);
    process.stdout.write(`${seconds} s  ${line}\n`);
  }

  /** Says when a step begins and ends; a step shorter than a moment gets one line. */
  async step<Result>(name: string, work: (detail: (text: string) => void) => Promise<Result>): Promise<Result> {
    const timer = setTimeout(() => this.say(`${name} …`), 400);
    try {
      const result = await work((text) => this.say(`${name}: ${text}`));
      this.say(`${name}: ready`);
      return result;
    } finally {
      clearTimeout(timer);
    }
  }
}
