/** What went wrong, for the person who asked. Thrown by verbs, turned into an answer at the door. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    /** Stable, for programs. */
    readonly code: string,
    /** For people; never holds what they wrote. */
    message: string,
    readonly headers: Record<string, string> = {},
  ) {
    super(message);
  }
}

export interface FieldProblem {
  /** Path of the field as the page names it, such as `text` or `lines.2.quantity`; empty for the whole form. */
  field: string;
  message: string;
}

/** The person's input cannot be taken: 422, with a sentence for each field. */
export class Invalid extends Problem {
  constructor(readonly fields: FieldProblem[]) {
    super(422, "invalid", fields.map((one) => one.message).join(" "));
  }
}

/** There is no such thing in this shop for this person: 404, the same for what does not exist and what is another's. */
export class NotFound extends Problem {
  constructor(what = "This") {
    super(404, "not-found", `${what} was not found.`);
  }
}

/** No or wrong proof of who asks: 401. */
export class Unproven extends Problem {
  constructor(code = "unproven", message = "Your session has ended. Reload the page and try again.") {
    super(401, code, message);
  }
}

/** The shopper or a colleague wrote something that the agent has not seen yet: 409, nothing was sent. */
export class Stale extends Problem {
  constructor(readonly position: number) {
    super(409, "stale", "There is a newer message. Read it before you send.");
  }
}

/** Too many of these from here: 429 with Retry-After. */
export class TooMany extends Problem {
  constructor(readonly retryAfterSeconds: number) {
    super(429, "too-many", `Too many at once. Try again in ${retryAfterSeconds} seconds.`, {
      "Retry-After": String(retryAfterSeconds),
    });
  }
}

/** The JSON answer for a problem; anything else is thrown on, for the boundary and the log. */
export function answer(error: unknown): Response {
  if (!(error instanceof Problem)) throw error;
  const body = {
    error: { code: error.code, message: error.message, ...(error instanceof Invalid ? { fields: error.fields } : {}) },
  };
  return Response.json(body, { status: error.status, headers: { ...error.headers, "Cache-Control": "no-store" } });
}
