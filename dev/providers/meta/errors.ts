import { randomBytes } from "node:crypto";

/** Meta refuses: `code`, and a `subcode` where the product has one. */
export class GraphError extends Error {
  constructor(
    readonly code: number,
    message: string,
    readonly options: { subcode?: number; status?: number; type?: string; details?: string; transient?: boolean } = {},
  ) {
    super(message);
  }
}

/** The answer for an error, in the shape that the Graph API gives it. */
export function errorAnswer({ code, message, options }: GraphError, headers: Record<string, string> = {}): Response {
  const error = {
    message: `(#${code}) ${message}`,
    type: options.type ?? "OAuthException",
    code,
    ...(options.details ? { error_data: { messaging_product: "whatsapp", details: options.details } } : {}),
    ...(options.subcode ? { error_subcode: options.subcode } : {}),
    ...(options.transient ? { is_transient: true } : {}),
    fbtrace_id: `A${randomBytes(12).toString("base64url")}`,
  };
  return Response.json({ error }, { status: options.status ?? 400, headers });
}

export const notFound = (id: string): GraphError =>
  new GraphError(100, `Unsupported request. Object with ID '${id}' does not exist or cannot be loaded.`, {
    subcode: 33,
    type: "GraphMethodException",
  });

export const badToken = (): GraphError => new GraphError(190, "Invalid OAuth access token.", { status: 401 });

/** For trouble on demand. */
export function refuse(status: number, retryAfterSeconds: number | null): Response {
  const headers: Record<string, string> =
    retryAfterSeconds === null ? {} : { "Retry-After": String(retryAfterSeconds) };
  if (status === 429)
    return errorAnswer(new GraphError(613, "Calls to this api have exceeded the rate limit.", { status }), headers);
  if (status === 401) return errorAnswer(badToken(), headers);
  if (status >= 500) {
    return errorAnswer(new GraphError(2, "Service temporarily unavailable", { status, transient: true }), headers);
  }
  return errorAnswer(new GraphError(100, "Invalid parameter", { status }), headers);
}
