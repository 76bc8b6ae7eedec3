import { useState } from "preact/hooks";
import type { Store } from "../store";
import { fill } from "../texts";

const scores = [1, 2, 3, 4, 5];

/** Asked under a chat that is closed: how it was, and a word with it for whoever wants to. */
export function Rate({ store }: { store: Store }) {
  const { texts, model } = store;
  const { conversation } = model;
  const [comment, setComment] = useState("");
  const [wrong, setWrong] = useState("");
  const [hasSaid, setSaid] = useState(false);
  if (conversation?.status !== "closed") return null;
  const { rating } = conversation;
  const tell = async (score: number, said: string): Promise<void> => {
    const problem = await store.ask.rate(score, said);
    setWrong(problem);
    if (!problem) setSaid(said !== "");
  };
  return (
    <form
      class="card"
      onSubmit={(event) => {
        event.preventDefault();
        void tell(rating ?? 0, comment.trim());
      }}
    >
      <strong id="rate-title">{rating ? texts.rate_thanks : texts.rate_title}</strong>
      <fieldset class="scores" aria-labelledby="rate-title">
        {scores.map((score) => (
          <button
            key={score}
            type="button"
            class="plain"
            aria-pressed={rating === score}
            aria-label={fill(texts.rate_score, { score })}
            onClick={() => void tell(score, comment.trim())}
          >
            {score}
          </button>
        ))}
      </fieldset>
      {rating && !hasSaid ? (
        <div class="pair">
          <input
            aria-label={texts.rate_comment}
            placeholder={texts.rate_comment}
            maxLength={1_000}
            value={comment}
            onInput={(event) => setComment(event.currentTarget.value)}
          />
          <button type="submit" class="plain" disabled={comment.trim() === ""}>
            {texts.send}
          </button>
        </div>
      ) : null}
      {wrong && (
        <p class="wrong" role="alert">
          {wrong}
        </p>
      )}
    </form>
  );
}
