/** What has been started, so that it can be stopped in the opposite order, once, whatever happens. */
export class Closing {
  private readonly steps: { name: string; close: () => Promise<unknown> }[] = [];
  private running: Promise<void> | null = null;

  add(name: string, close: () => Promise<unknown>): void {
    this.steps.push({ name, close });
    // Something that came up while the rest was already being stopped.
    if (this.running) this.running = this.running.then(() => this.closeAll());
  }

  get isClosing(): boolean {
    return this.running !== null;
  }

  /** Stops everything; every step has its turn even when one before it fails. */
  close(): Promise<void> {
    this.running ??= this.closeAll();
    return this.running;
  }

  private async closeAll(): Promise<void> {
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step.close();
      } catch (error) {
        process.stderr.write(`${step.name} could not be stopped: ${(error as Error).message}\n`);
      }
    }
  }
}
