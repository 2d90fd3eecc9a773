// That a customer disputes what a field says: told with the field wherever it is shown (NAIC Model 670 s. 9(E); 45 CFR 164.526(d)(5)).
import type { Uuid } from "../kernel/bytes.ts";
import type { Judged } from "./judge.ts";
import type { Situation } from "./situation.ts";

export interface Disputed {
  readonly statementId: Uuid;
  readonly filedAt: string;
}

type Disputes = Situation["disputes"];

/** The newest statement about what is shown; undefined for most, and for whatever is denied. */
export function disputedIn(
  disputes: Disputes,
  { field, stored, decision }: Pick<Judged, "field" | "stored" | "decision">,
): Disputed | undefined {
  if (disputes.length === 0 || stored === null || decision.form === "denied") return undefined;
  const { recordId } = stored.record;
  const found = disputes.findLast((one) => one.recordId === recordId && one.fields.includes(field.name));
  return found === undefined ? undefined : { statementId: found.statementId, filedAt: found.filedAt };
}
