import { useCallback, useEffect, useRef, useState } from "react";
import type { Calculated } from "~/draft-orders/calculate";
import type { LineNotice, Reserved } from "~/draft-orders/form/decide-stock";
import type { DraftForm, DraftLine, DraftTotals } from "~/draft-orders/form/shape";
import type { FieldProblem } from "~/http/errors";
import { AskFailed, ask, posting } from "../ask";

/** How long the form must rest before it is calculated, in milliseconds. */
const restFor = 450;

export interface Draft {
  form: DraftForm;
  changed: boolean;
  /** What the form came to when it was last calculated. */
  totals: DraftTotals | null;
  /** Shopify is being asked. */
  calculating: boolean;
  /** Whether `totals` is not of the form as it is now. */
  stale: boolean;
  notices: Record<string, LineNotice>;
  /** Why it could not be calculated at all, such as Shopify being down. */
  failure: string | null;
  /** The sentence at a field, when there is something to put right. */
  problem(field: string): string | undefined;
  /** Sentences that belong to no field of the page. */
  loose: string[];
  edit(change: Partial<DraftForm>): void;
  editLine(key: string, change: Partial<DraftLine>): void;
  calculateAgain(): void;
  /** What a save was refused for; stays until the form changes. */
  refuse(problems: FieldProblem[]): void;
  reset(form: DraftForm): void;
}

const none: Reserved = {};

/** A draft order under the hands of staff: its form, and what Shopify says it comes to, a moment after each change. */
export function useDraft(initial: DraftForm, known: DraftTotals | null, reserved: Reserved = none): Draft {
  const [form, setForm] = useState(initial);
  const [start, setStart] = useState(initial);
  const [calculated, setCalculated] = useState<Calculated>({ totals: known, problems: [], notices: {} });
  const [totals, setTotals] = useState(known);
  const [refused, setRefused] = useState<FieldProblem[]>([]);
  const [failure, setFailure] = useState<string | null>(null);
  const [calculating, setCalculating] = useState(form.lines.length > 0);
  const [turn, setTurn] = useState(0);
  const latest = useRef(0);

  // biome-ignore lint/correctness/useExhaustiveDependencies: `turn` asks again for the same form.
  useEffect(() => {
    latest.current += 1;
    const mine = latest.current;
    if (form.lines.length === 0) {
      setCalculating(false);
      setTotals(null);
      setCalculated({ totals: null, problems: [], notices: {} });
      return;
    }
    setCalculating(true);
    const timer = setTimeout(async () => {
      try {
        const answer = await ask<Calculated>("/draft-orders/calculate", posting({ form, reserved }));
        if (latest.current !== mine) return;
        setCalculated(answer);
        if (answer.totals) setTotals(answer.totals);
        setFailure(null);
      } catch (error) {
        if (latest.current !== mine) return;
        // What was wrong with an earlier form is not known to be wrong with this one.
        setCalculated((before) => ({ ...before, problems: [] }));
        setFailure(error instanceof AskFailed ? error.message : "The total could not be calculated. Try again.");
      }
      setCalculating(false);
    }, restFor);
    return () => clearTimeout(timer);
  }, [form, turn, reserved]);

  const edit = useCallback((change: Partial<DraftForm>) => {
    setRefused([]);
    setForm((before) => ({ ...before, ...change }));
  }, []);
  const editLine = useCallback((key: string, change: Partial<DraftLine>) => {
    setRefused([]);
    setForm((before) => ({
      ...before,
      lines: before.lines.map((line) => (line.key === key ? { ...line, ...change } : line)),
    }));
  }, []);

  const problems = refused.length > 0 ? refused : calculated.problems;
  const seen = (field: string) => fields.has(field) || /^lines\.\d+\./.test(field);
  return {
    form,
    changed: JSON.stringify(form) !== JSON.stringify(start),
    totals,
    calculating,
    stale: calculating || failure !== null || calculated.totals === null,
    notices: calculated.notices,
    failure,
    problem: (field) => problems.find((one) => one.field === field)?.message,
    loose: problems.filter((one) => !seen(one.field)).map((one) => one.message),
    edit,
    editLine,
    calculateAgain: () => setTurn((before) => before + 1),
    refuse: setRefused,
    reset: (next) => {
      setRefused([]);
      setForm(next);
      setStart(next);
    },
  };
}

/** Fields of the page that show their own sentence. */
const fields = new Set([
  "lines",
  "discount",
  "shipping.title",
  "shipping.price",
  "email",
  "note",
  "tags",
  "reserveUntil",
]);
