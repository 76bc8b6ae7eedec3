import { useNavigate } from "@remix-run/react";
import { Banner, BlockStack, ChoiceList, Modal, SkeletonBodyText, Text, TextField } from "@shopify/polaris";
import { useEffect, useState } from "react";
import { AskFailed, ask, posting } from "../ask";
import { useCalls } from "./use-calls";

const unsaid = "Something went wrong on our side. Try again.";

/** At which of their numbers a customer is called, and on which phone one talks oneself. */
export function CallDialog({ customerId, onClose }: { customerId: string; onClose(): void }) {
  const { live, read } = useCalls();
  const navigate = useNavigate();
  const { numbers, problem: unread } = useNumbers(customerId);
  const [chosen, setChosen] = useState<string | null>(null);
  const [phone, setPhone] = useState("");
  const [busy, setBusy] = useState(false);
  const [problem, setProblem] = useState<{ field: string; message: string } | null>(null);
  const number = chosen ?? numbers?.[0] ?? null;
  const mine = live?.me.phone ?? null;
  const call = async () => {
    setBusy(true);
    setProblem(null);
    try {
      if (!mine) {
        await ask("/calls", posting({ act: "take-calls", takesCalls: false, phone }));
        read();
      }
      const made = await ask<{ conversationId: string }>("/calls", posting({ act: "call", customerId, number }));
      onClose();
      read();
      navigate(`/inbox/${made.conversationId}`);
    } catch (error) {
      const said = error instanceof AskFailed ? error : null;
      setProblem(said?.fields[0] ?? { field: "", message: said?.message ?? unsaid });
    } finally {
      setBusy(false);
    }
  };
  const words = problem?.field === "phone" ? null : (problem?.message ?? unread);
  return (
    <Modal
      open
      onClose={onClose}
      title="Call"
      primaryAction={{
        content: "Call",
        disabled: !number || (!mine && phone.trim() === ""),
        loading: busy,
        onAction: () => void call(),
      }}
      secondaryActions={[{ content: "Cancel", onAction: onClose }]}
    >
      <Modal.Section>
        <BlockStack gap="400">
          {words ? <Banner tone="critical">{words}</Banner> : null}
          {numbers === null ? (
            unread ? null : (
              <SkeletonBodyText lines={2} />
            )
          ) : numbers.length === 0 ? (
            <Text as="p">No phone number of this customer is known.</Text>
          ) : (
            <>
              {numbers.length === 1 ? (
                <Text as="p" variant="headingMd">
                  <bdi dir="ltr">{numbers[0]}</bdi>
                </Text>
              ) : (
                <ChoiceList
                  title="Number"
                  choices={numbers.map((one) => ({ value: one, label: one }))}
                  selected={number ? [number] : []}
                  onChange={([one]) => setChosen(one ?? null)}
                />
              )}
              {mine ? null : (
                <TextField
                  label="Your phone"
                  type="tel"
                  placeholder="+14155550123"
                  value={phone}
                  onChange={setPhone}
                  autoComplete="tel"
                  {...(problem?.field === "phone" ? { error: problem.message } : {})}
                />
              )}
              <Text as="p" tone="subdued">
                {mine ? `Your phone ${mine} rings first.` : "Your phone rings first."}
                {" Pick up and press 1, then theirs rings."}
              </Text>
            </>
          )}
        </BlockStack>
      </Modal.Section>
    </Modal>
  );
}

function useNumbers(customerId: string): { numbers: string[] | null; problem: string | null } {
  const [answer, setAnswer] = useState<{ numbers: string[] | null; problem: string | null }>({
    numbers: null,
    problem: null,
  });
  useEffect(() => {
    let over = false;
    ask<{ numbers: string[] }>(`/calls?customer=${customerId}`).then(
      ({ numbers }) => over || setAnswer({ numbers, problem: null }),
      (error: unknown) =>
        over || setAnswer({ numbers: null, problem: error instanceof AskFailed ? error.message : unsaid }),
    );
    return () => {
      over = true;
    };
  }, [customerId]);
  return answer;
}
