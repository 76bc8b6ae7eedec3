import { BlockStack, Box, Button, SkeletonBodyText } from "@shopify/polaris";
import { useEffect, useRef } from "react";
import type { LiveList } from "./use-live-list";

/** Loads the next page when its place comes into sight, and says so when that did not work. */
export function More({ list }: { list: Pick<LiveList, "more"> }) {
  const mark = useRef<HTMLDivElement>(null);
  const { load, state } = list.more;
  useEffect(() => {
    const place = mark.current;
    if (!place || state !== "idle") return;
    const watch = new IntersectionObserver((seen) => seen.some((one) => one.isIntersecting) && load(), {
      rootMargin: "300px",
    });
    watch.observe(place);
    return () => watch.disconnect();
  }, [load, state]);
  return (
    <div ref={mark}>
      <Box padding="300">
        <Button fullWidth loading={state === "loading"} onClick={load}>
          {state === "failed" ? "Not loaded. Try again" : "Show more"}
        </Button>
      </Box>
    </div>
  );
}

/** Where rows will be. */
export function SkeletonRows() {
  return (
    <Box padding="300">
      <BlockStack gap="500">
        {["one", "two", "three", "four", "five", "six"].map((key) => (
          <SkeletonBodyText key={key} lines={2} />
        ))}
      </BlockStack>
    </Box>
  );
}
