// Which of the things that customers say no to bear on a question. The policies say so themselves (flags.cedar, choices/...); this is for what asks outside of them.
import type { Flag, Purpose } from "../kernel/vocabulary.ts";
import type { RecipientType } from "./policy/policy.ts";

/** Those who do not work for the insurer. */
const OTHERS: ReadonlySet<RecipientType> = new Set(["marketing-partner", "acquirer", "press", "other"]);
const NOT_SHARING: ReadonlySet<Purpose> = new Set(["audit", "statutory-reporting"]);

export type No = Extract<Flag, "no-marketing" | "no-affiliate-sharing" | "no-third-party-sharing">;

/** A test holds this and the policies together (`policy/choices.test.ts`). */
export function noesBearingOn(purpose: Purpose, recipient: RecipientType): readonly No[] {
  const isAffiliate = recipient === "affiliate" && !NOT_SHARING.has(purpose);
  return [
    ...(purpose === "marketing" ? ["no-marketing" as const] : []),
    ...(isAffiliate ? ["no-affiliate-sharing" as const] : []),
    ...(OTHERS.has(recipient) ? ["no-third-party-sharing" as const] : []),
  ];
}
