import pino from "pino";

/**
 * Structured log lines on standard output. Carry shop and request ids; never a message body, a token or an
 * address. The paths below are a net under that rule, not a licence to pass such values.
 */
export const log = pino({
  level: process.env["LOG_LEVEL"] ?? (process.env["NODE_ENV"] === "test" ? "silent" : "info"),
  redact: {
    paths: ["*.authorization", "*.cookie", "*.token", "*.accessToken", "*.text", "*.email", "*.phone"],
    censor: "[redacted]",
  },
});
