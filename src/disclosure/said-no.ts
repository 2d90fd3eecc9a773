// Which of the things that customers say no to bear on a question. The policies say so themselves (flags.cedar, choices/...); this is for what asks outside of them.
import { activeFlags } from "../access/access.ts";
import type { Flag, Purpose } from "../kernel/vocabulary.ts";
import type { AuthorityFlag } from "../keys/keys.ts";
import type { RecipientType } from "./policy/policy.ts";

/** Those who do not work for the insurer. */
const OTHERS: ReadonlySet<RecipientType> = new Set(["marketing-partner", "acquirer", "press", "other"]);
const NOT_SHARING: ReadonlySet<Purpose> = new Set(["audit", "statutory-reporting"]);

export type No = Extract<Flag, "no-marketing" | "no-affiliate-sharing" | "no-third-party-sharing">;

/** What is said no to now, and when it was last said, ISO 8601. Most say nothing. */
export type SaidNo = ReadonlyMap<No, string>;

const NOTHING: SaidNo = new Map();

export function saidNoIn(flags: readonly AuthorityFlag[], now: Date): SaidNo {
  const said = flags.filter(({ kind }) => isNo(kind));
  if (said.length === 0) return NOTHING;
  const found = new Map<No, string>();
  for (const flag of said)
    for (const kind of activeFlags({ flags: [flag] }, now))
      if (isNo(kind) && Date.parse(flag.startsAt) >= Date.parse(found.get(kind) ?? flag.startsAt))
        found.set(kind, flag.startsAt);
  return found;
}

/** A no stands until a newer yes: an agreement that is older than it lifts nothing (docs/decisions/0391). */
export function stands(saidNo: SaidNo, no: No, agreedAtMs: number | null): boolean {
  const saidAt = saidNo.get(no);
  return saidAt !== undefined && (agreedAtMs === null || agreedAtMs <= Date.parse(saidAt));
}

const isNo = (kind: Flag): kind is No =>
  kind === "no-marketing" || kind === "no-affiliate-sharing" || kind === "no-third-party-sharing";

/** A test holds this and the policies together (`policy/choices.test.ts`). */
export function noesBearingOn(purpose: Purpose, recipient: RecipientType): readonly No[] {
  const isAffiliate = recipient === "affiliate" && !NOT_SHARING.has(purpose);
  return [
    ...(purpose === "marketing" ? ["no-marketing" as const] : []),
    ...(isAffiliate ? ["no-affiliate-sharing" as const] : []),
    ...(OTHERS.has(recipient) ? ["no-third-party-sharing" as const] : []),
  ];
}
