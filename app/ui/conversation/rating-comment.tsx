import { Box, Text } from "@shopify/polaris";
import { WrittenText } from "../thread/written-text";

/** What the shopper wrote with their rating; the rating itself stands among the facts of the conversation. */
export function RatingComment({ score, comment }: { score: number; comment: string }) {
  return (
    <Box paddingInline="400" paddingBlock="200" background="bg-surface-secondary">
      <Text as="p" variant="bodySm" tone="subdued">
        {`With the rating of ${score} of 5`}
      </Text>
      <WrittenText text={comment} />
    </Box>
  );
}
