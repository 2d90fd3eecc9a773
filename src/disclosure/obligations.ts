// What whoever receives values is bound to, told with the values.
import type { Judged } from "./judge.ts";
import type { Reason } from "./policy/policy.ts";
import type { Terms } from "./question.ts";

const PART_2: Reason = {
  code: "no-redisclosure-part-2",
  // 42 CFR 2.32 asks for a notice with each disclosure of such records.
  message:
    "Substance use disorder records may not be used or disclosed further except as 42 CFR Part 2 permits (42 CFR 2.32).",
};
const REUSE: Reason = {
  code: "limited-reuse",
  message:
    "A recipient may reuse or pass this on only as the insurer itself could, or within the exception it was received under (15 USC 6802(c)).",
};
const INVESTIGATION: Reason = {
  code: "no-tipping-off",
  message: "Nothing of this may reach the person under investigation.",
};

export function obligationsOf(judged: readonly Judged[], terms: Pick<Terms, "recipient">): Reason[] {
  const clear = new Set(judged.filter(({ decision }) => decision.form === "clear").map(({ field }) => field.dataClass));
  return [
    ...(clear.has("specially-protected-health") ? [PART_2] : []),
    ...(clear.has("investigation") ? [INVESTIGATION] : []),
    ...(clear.size > 0 && terms.recipient !== null ? [REUSE] : []),
  ];
}
