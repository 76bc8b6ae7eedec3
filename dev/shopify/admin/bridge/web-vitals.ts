type Metric = { id: string; name: string; value: number };
type Report = (payload: { metrics: Metric[] }) => void;

let callback: Report | null = null;
const metrics = new Map<string, Metric>();

/** `shopify.webVitals`: what this page measures, told to the app when the page is hidden. */
export const webVitalsApi = {
  onReport: async (heard: Report | null) => {
    callback = heard;
  },
};

function note(name: string, value: number): void {
  metrics.set(name, { id: metrics.get(name)?.id ?? crypto.randomUUID(), name, value });
}

export function measure(): void {
  observe("largest-contentful-paint", (entry) => note("LCP", entry.startTime));
  observe("paint", (entry) => {
    if (entry.name === "first-contentful-paint") note("FCP", entry.startTime);
  });
  let shift = 0;
  observe("layout-shift", (entry) => {
    const { hadRecentInput, value } = entry as PerformanceEntry & { hadRecentInput: boolean; value: number };
    if (hadRecentInput) return;
    shift += value;
    note("CLS", shift);
  });
  let slowest = 0;
  observe("event", (entry) => {
    if (!(entry as PerformanceEntry & { interactionId?: number }).interactionId) return;
    slowest = Math.max(slowest, entry.duration);
    note("INP", slowest);
  });
  const load = performance.getEntriesByType("navigation")[0] as PerformanceNavigationTiming | undefined;
  if (load) note("TTFB", load.responseStart);
  document.addEventListener("visibilitychange", () => {
    if (document.visibilityState === "hidden") callback?.({ metrics: [...metrics.values()] });
  });
}

function observe(type: string, heard: (entry: PerformanceEntry) => void): void {
  if (!PerformanceObserver.supportedEntryTypes.includes(type)) return;
  new PerformanceObserver((list) => list.getEntries().forEach(heard)).observe({ type, buffered: true });
}
