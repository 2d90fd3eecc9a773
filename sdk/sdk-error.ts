// The one error of the SDK: what the server refused, as its problem document, or why there was no answer at all.
import type { Problem } from "../contract/common.ts";

/** Codes of the SDK's own beside those of problem documents. */
export type SdkErrorCode = "unreachable" | "unexpected-answer" | (string & {});

export class SdkError extends Error {
  readonly code: SdkErrorCode;
  /** null when no answer came, or one that was not a problem document. */
  readonly problem: Problem | null;
  readonly status: number | null;
  /** How long the server asks to wait before trying again. */
  readonly retryAfterSeconds: number | null;

  constructor(
    code: SdkErrorCode,
    message: string,
    more: {
      readonly problem?: Problem;
      readonly status?: number;
      readonly retryAfterSeconds?: number | null;
      readonly cause?: unknown;
    } = {},
  ) {
    super(message, more.cause === undefined ? undefined : { cause: more.cause });
    this.name = "SdkError";
    this.code = code;
    this.problem = more.problem ?? null;
    this.status = more.problem?.status ?? more.status ?? null;
    this.retryAfterSeconds = more.retryAfterSeconds ?? null;
  }
}
