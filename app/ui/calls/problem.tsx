import { Text } from "@shopify/polaris";
import type { Calls } from "./use-calls";

/** Why the last thing was not done, where it was asked for. */
export function Problem({ calls }: { calls: Calls }) {
  return calls.problem ? (
    <Text as="p" tone="critical">
      {calls.problem}
    </Text>
  ) : null;
}
