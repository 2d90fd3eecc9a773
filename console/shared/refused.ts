// What the server refused, and why, as its problem document says (RFC 9457); or that it does not answer.
import type { Problem } from "../../contract/common.ts";

/** No answer came. */
export const AWAY = "away";
/** A part of the pages themselves did not come. */
export const PAGE_AWAY = "page-away";

interface RefusedOptions extends ErrorOptions {
  readonly waitSeconds?: number | null;
}

export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Pick<Problem, "code" | "detail" | "errors">;
  /** After which it is worth trying again (RFC 9110 10.2.3); null where nothing was said of it. */
  readonly waitSeconds: number | null;

  constructor(status: number, problem: Refused["problem"], { waitSeconds = null, ...options }: RefusedOptions = {}) {
    super(problem.detail, options);
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
    this.waitSeconds = waitSeconds;
  }
}

/** Nothing came of the server, or of the pages: it may be the connection. */
export function isAway(error: unknown): boolean {
  return error instanceof Refused && error.status === 0;
}

/** There is no such thing, or none that one may know of. */
export function isNotFound(error: unknown): boolean {
  return error instanceof Refused && error.status === 404;
}

export function problemIn(text: string): Refused["problem"] {
  try {
    const problem = JSON.parse(text) as Partial<Problem>;
    if (typeof problem.detail === "string" && typeof problem.code === "string") return problem as Problem;
  } catch {
    // Not from this server, or cut off: the same to whoever reads it.
  }
  return { code: AWAY, detail: "the server does not answer: check the connection and try again" };
}
