export interface Gathering<Input> {
  /** Inputs of one run at most. */
  most: number;
  /** What the inputs of one run may weigh together, such as their bytes; one that weighs more goes alone. */
  weight?: { of(input: Input): number; most: number };
  /** Runs under way at most; whatever is asked for meanwhile waits and goes together in the next. */
  atOnce: number;
  /** Two inputs of the same key never go in the same run; they keep their order. */
  key?: (input: Input) => string;
  /** Whether an error may be the fault of one input, so that the others of its run deserve a try of their own. */
  isOnes: (error: unknown) => boolean;
}

interface Waiting<Input, Output> {
  input: Input;
  resolve(output: Output): void;
  reject(error: unknown): void;
}

/**
 * Lets what is asked for at the same moment be done together: alone nothing waits, under load one run does the work of
 * many. `run` gives one output for each input, in their order. When a run of several fails for what one of them is, each
 * is tried by itself; when it fails for what is around them, such as a database that is away, all of them fail at once.
 */
export function gather<Input, Output>(
  run: (inputs: Input[]) => Promise<Output[]>,
  { most, weight, atOnce, key, isOnes }: Gathering<Input>,
): (input: Input) => Promise<Output> {
  let waiting: Waiting<Input, Output>[] = [];
  let running = 0;

  /** How many of those who wait go together, in their order. */
  const fitting = (): number => {
    if (!weight) return most;
    let weighs = 0;
    const tooMany = waiting.findIndex(({ input }, at) => {
      weighs += weight.of(input);
      return at > 0 && weighs > weight.most;
    });
    return tooMany < 0 ? most : Math.min(most, tooMany);
  };

  const next = (): Waiting<Input, Output>[] => {
    if (!key) return waiting.splice(0, fitting());
    const keys = new Set<string>();
    const taken: Waiting<Input, Output>[] = [];
    const left: Waiting<Input, Output>[] = [];
    let weighs = 0;
    for (const one of waiting) {
      const own = key(one.input);
      const isFree = taken.length < most && !keys.has(own);
      const more = isFree && weight ? weight.of(one.input) : 0;
      // What is left behind keeps its key taken: nothing of the same key may overtake it.
      if (isFree && (taken.length === 0 || !weight || weighs + more <= weight.most)) {
        taken.push(one);
        weighs += more;
      } else left.push(one);
      keys.add(own);
    }
    waiting = left;
    return taken;
  };

  const settle = async (batch: Waiting<Input, Output>[]): Promise<void> => {
    try {
      const outputs = await run(batch.map((one) => one.input));
      for (const [at, one] of batch.entries()) one.resolve(outputs[at] as Output);
    } catch (error) {
      if (batch.length > 1 && isOnes(error)) await Promise.all(batch.map((one) => settle([one])));
      else for (const one of batch) one.reject(error);
    }
  };

  const start = (): void => {
    while (running < atOnce && waiting.length > 0) {
      running += 1;
      void settle(next()).then(() => {
        running -= 1;
        start();
      });
    }
  };

  return (input) =>
    new Promise((resolve, reject) => {
      waiting.push({ input, resolve, reject });
      start();
    });
}

/** The same gathering for everybody who asks of the same thing, such as a pool of connections. */
export function gatherPer<Of extends object, Input, Output>(
  run: (of: Of, inputs: Input[]) => Promise<Output[]>,
  options: Gathering<Input>,
): (of: Of, input: Input) => Promise<Output> {
  const known = new WeakMap<Of, (input: Input) => Promise<Output>>();
  return (of, input) => {
    const found = known.get(of) ?? gather((inputs: Input[]) => run(of, inputs), options);
    known.set(of, found);
    return found(input);
  };
}
