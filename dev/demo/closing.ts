/**
 * What has been started, so that it can be stopped in the opposite order, once, whatever happens. What is still
 * starting is told to give up, waited for, and then stopped like the rest: nothing is left between.
 */
export class Closing {
  private readonly abort = new AbortController();
  private readonly starting = new Set<Promise<unknown>>();
  private readonly steps: { name: string; close: () => Promise<unknown> }[] = [];
  private running: Promise<void> | null = null;

  /** Aborted when everything is to stop. */
  get signal(): AbortSignal {
    return this.abort.signal;
  }

  get isClosing(): boolean {
    return this.running !== null;
  }

  /** Says that something is being started; it adds itself when it has come up. */
  during<Result>(work: Promise<Result>): Promise<Result> {
    this.starting.add(work);
    const done = (): void => {
      this.starting.delete(work);
    };
    work.then(done, done);
    return work;
  }

  add(name: string, close: () => Promise<unknown>): void {
    this.steps.push({ name, close });
  }

  /** Stops everything; every step has its turn even when one before it fails. */
  close(): Promise<void> {
    this.running ??= this.closeAll();
    return this.running;
  }

  private async closeAll(): Promise<void> {
    this.abort.abort();
    await Promise.allSettled(this.starting);
    for (let step = this.steps.pop(); step; step = this.steps.pop()) {
      try {
        await step.close();
      } catch (error) {
        process.stderr.write(`${step.name} could not be stopped: ${(error as Error).message}\n`);
      }
    }
  }
}
