// The period of a picture, bounded so that none reads the whole of a long log.
import type { Period } from "../../ledger/ledger.ts";
import { HttpError } from "../errors.ts";

const DAYS_MAX = 400;
const DAY_MS = 86_400_000;

/** Throws HttpError `invalid-request`. */
export function periodOf(query: { readonly from: string; readonly to: string }): Period {
  const [from, to] = [new Date(query.from), new Date(query.to)];
  const lengthMs = to.getTime() - from.getTime();
  if (!(lengthMs > 0 && lengthMs <= DAYS_MAX * DAY_MS))
    throw new HttpError("invalid-request", {
      detail: `a period ends after it begins, and has ${DAYS_MAX} days at most`,
    });
  return { from, to };
}
