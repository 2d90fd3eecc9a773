// What may name other people is opened for no customer before somebody has looked at it, unless it is their own word (GDPR Art. 15(4); 45 CFR 164.524(a)(3)(ii)).
import { type Origin, packedNames, type StoredRecord } from "../vault/vault.ts";
import type { Judged } from "./judge.ts";

/** As governance/schema/origins.yaml calls whoever a record is about. */
const THEMSELVES = "person";

/** What they wrote or handed in themselves shows them nothing of others that they do not know. */
export function isOwnWord(origin: Origin | null): boolean {
  return origin?.source === THEMSELVES;
}

/** What lies in the file of an investigation, whatever it is: not there for whoever asks as a customer, since that there is one is told to nobody. */
export function withoutInvestigations(
  held: readonly (readonly StoredRecord[])[],
): readonly (readonly StoredRecord[])[] {
  return held.map((records) => records.filter(({ unit }) => unit.header.kind !== "investigation"));
}

/** By record: names of fields with a value that policy shows in clear and that may name others. Nothing is opened. */
export function heldOf(
  byRecord: ReadonlyMap<StoredRecord | null, readonly Judged[]>,
): ReadonlyMap<StoredRecord, ReadonlySet<string>> {
  const found = new Map<StoredRecord, ReadonlySet<string>>();
  for (const [stored, wanted] of byRecord) {
    const doubtful = wanted.filter(({ field, decision }) => decision.form === "clear" && field.others !== "never");
    if (stored === null || doubtful.length === 0) continue;
    const names = packedNames(stored.record.pack);
    const held = new Set(doubtful.map(({ field }) => field.name).filter((name) => names.has(name)));
    if (held.size > 0) found.set(stored, held);
  }
  return found;
}
