// While a customer asks to see, have or correct something, or appeals, nothing that the request is about is destroyed.
import type { Uuid } from "../kernel/bytes.ts";
import type { RetentionContext } from "./context.ts";
import type { JudgedCustomer, JudgedUnit } from "./judged.ts";

/** With "open-request". GDPR 15, 16, 20; Cal. Civ. Code 1798.106, 1798.110: an answer needs what it is an answer from. */
export async function withOpenRequests(
  { askedAbout }: RetentionContext,
  judged: readonly JudgedCustomer[],
): Promise<readonly JudgedCustomer[]> {
  const having = judged.filter(({ units }) => units.some(isDue)).map(({ customerId }) => customerId);
  if (having.length === 0) return judged;
  const asked = await askedAbout(having);
  const isAsked = (customerId: Uuid, { header }: JudgedUnit): boolean => {
    const lines = asked.get(customerId);
    return lines === null || (lines?.has(header.line) ?? false);
  };
  const block = "open-request" as const;
  return judged.map((one) => ({
    ...one,
    units: one.units.map((unit) => (isDue(unit) && isAsked(one.customerId, unit) ? { ...unit, block } : unit)),
  }));
}

function isDue({ verdict, block }: JudgedUnit): boolean {
  return verdict.is === "due" && block === null;
}
