// When two customers may be one person: they share a government id, or their name and birth date together with a telephone number or e-mail address.
import type { IndexType, Registry } from "./schema/registry.ts";

const IDENTIFIER_RECORD = "government-id";
const NAME_INDEX = "person-name-birth-date";
const CONTACT_RECORD = "contact";
const NAME_REASON = "name-birth-date-contact";
/** Tokens this wide are shared by chance never, so a suggestion needs nothing opened. */
const BITS_MIN = 96;

export interface MatchRules {
  /** Indexes of which one alone is enough; each is its own reason. */
  readonly identifiers: ReadonlySet<string>;
  /** Indexes of names, of which one counts together with a contact. */
  readonly names: ReadonlySet<string>;
  readonly contacts: ReadonlySet<string>;
}

export function matchRules(registry: Registry): MatchRules {
  const wide = (index: IndexType): boolean => index.unique && index.bits >= BITS_MIN;
  const exact = (record: string): ReadonlySet<string> =>
    new Set(
      registry
        .indexes(record)
        .filter((index) => index.kind === "exact" && wide(index))
        .map((index) => index.name),
    );
  const name = registry.index(NAME_INDEX);
  return {
    identifiers: exact(IDENTIFIER_RECORD),
    names: new Set(name !== null && wide(name) ? [name.name] : []),
    contacts: exact(CONTACT_RECORD),
  };
}

interface Shared {
  readonly customerId: string;
  readonly otherCustomerId: string;
  readonly indexName: string;
}

/** Which pairs to suggest, and why, from what they share. The lower id comes first; each pair and reason once. */
export function suggestionsOf<Id extends string>(
  rules: MatchRules,
  shared: readonly (Shared & { readonly customerId: Id; readonly otherCustomerId: Id })[],
): { customerId: Id; otherCustomerId: Id; reason: string }[] {
  const pairs = Map.groupBy(shared, ({ customerId, otherCustomerId }) =>
    [customerId, otherCustomerId].toSorted().join(" "),
  );
  return [...pairs.values()].flatMap((rows) => {
    const [first] = rows;
    if (first === undefined) return [];
    const indexes = new Set(rows.map((row) => row.indexName));
    const reasons = [...indexes].filter((name) => rules.identifiers.has(name)).toSorted();
    const has = (names: ReadonlySet<string>): boolean => [...indexes].some((name) => names.has(name));
    if (has(rules.names) && has(rules.contacts)) reasons.push(NAME_REASON);
    const ordered = first.customerId < first.otherCustomerId;
    const customerId = ordered ? first.customerId : first.otherCustomerId;
    const otherCustomerId = ordered ? first.otherCustomerId : first.customerId;
    return reasons.map((reason) => ({ customerId, otherCustomerId, reason }));
  });
}
