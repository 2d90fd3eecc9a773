// What the server refused, and why, as its problem document says (RFC 9457); or that it does not answer.
import type { Problem } from "../../contract/common.ts";

/** No answer came. */
export const AWAY = "away";

export class Refused extends Error {
  readonly status: number;
  readonly code: string;
  readonly problem: Pick<Problem, "code" | "detail" | "errors">;

  constructor(status: number, problem: Refused["problem"]) {
    super(problem.detail);
    this.status = status;
    this.code = problem.code;
    this.problem = problem;
  }
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
