const [shortestPause, longestPause] = [1_000, 30_000];

/**
 * Gives a way to ask for `work`: it runs once at a time, again when it was asked for meanwhile, and again after growing
 * pauses until it succeeds. Asking cuts a pause short. What the app has refused (thrown as its 4xx status) is left.
 */
export function persistently(work: () => Promise<void>): () => void {
  let wanted = false;
  let running = false;
  let hurry: (() => void) | undefined;

  const run = async (): Promise<void> => {
    let pause = shortestPause;
    while (wanted) {
      wanted = false;
      try {
        await work();
        pause = shortestPause;
      } catch (why) {
        if (typeof why === "number" && why >= 400 && why < 500 && why !== 429) continue;
        await new Promise<void>((resolve) => {
          hurry = resolve;
          setTimeout(resolve, pause * (0.5 + Math.random() / 2));
        });
        hurry = undefined;
        wanted = true;
        pause = Math.min(longestPause, pause * 2);
      }
    }
    running = false;
  };

  return () => {
    wanted = true;
    hurry?.();
    if (running) return;
    running = true;
    void run();
  };
}
