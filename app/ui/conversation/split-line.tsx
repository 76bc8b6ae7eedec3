import { useNavigate, useSearchParams } from "@remix-run/react";
import { Button, InlineStack, Link, Text } from "@shopify/polaris";
import { useState } from "react";
import { AskFailed, ask, posting } from "../ask";
import { useEvents } from "../use-realtime";

/** Says of a conversation that was begun with a part of another one where it comes from, and puts it back. */
export function SplitLine({ conversationId, splitFrom }: { conversationId: string; splitFrom: string }) {
  const navigate = useNavigate();
  const [search] = useSearchParams();
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<string | null>(null);
  const there = `/inbox/${splitFrom}?view=${search.get("view") ?? "open"}`;
  // A colleague put it back: this one is no more.
  useEvents((events) => {
    const undone = events.some(
      (event) => event.kind === "conversation.unsplit" && event.data.intoId === conversationId,
    );
    if (undone) navigate(there, { replace: true });
  });
  const undo = async () => {
    setBusy(true);
    setProblem(null);
    try {
      await ask(`/inbox/${conversationId}/split`, posting({ act: "undo" }));
      navigate(there, { replace: true });
    } catch (error) {
      setProblem(error instanceof AskFailed ? error.message : "Something went wrong. Try again.");
      setBusy(false);
    }
  };
  return (
    <>
      <InlineStack gap="200" blockAlign="center">
        <Text as="span" variant="bodySm" tone="subdued">
          Split from <Link url={there}>another conversation</Link>
        </Text>
        <Button variant="plain" size="micro" loading={busy} accessibilityLabel="Undo the split" onClick={undo}>
          Undo
        </Button>
      </InlineStack>
      {problem ? (
        <div role="alert">
          <Text as="p" variant="bodySm" tone="critical">
            {problem}
          </Text>
        </div>
      ) : null}
    </>
  );
}
