// What customers say of disputed fields leaves with those fields: asked of the gate for the same recipient, each an entry, before the package is made.
import type { Authenticated } from "../access/access.ts";
import type { BatchQuestion, DisclosureAnswer, Subject } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { PackagesContext } from "./context.ts";

export interface GivenStatement {
  /** Paths of the fields that it is about. */
  readonly fields: readonly string[];
  readonly filedAt: string;
  readonly words: string;
}

export interface GivenStatements {
  readonly byCustomer: ReadonlyMap<Uuid, readonly GivenStatement[]>;
  readonly disclosures: readonly Uuid[];
  /** The units whose records they are about. */
  readonly units: readonly Uuid[];
}

/**
 * 45 CFR 164.526(d)(5); NAIC Model 670 s. 9(E); as 15 USC 1681i(c). INVARIANT: shown to a recipient where every field that they are about may go there in clear,
 * and nowhere else: the gate decides, as for the fields.
 */
export async function statementsWith(
  { gate, statementsOf }: Pick<PackagesContext, "gate" | "statementsOf">,
  asker: Authenticated,
  asked: readonly { readonly question: BatchQuestion; readonly answer: DisclosureAnswer }[],
): Promise<GivenStatements> {
  const byCustomer = new Map<Uuid, Map<Uuid, GivenStatement>>();
  const disclosures: Uuid[] = [];
  const units: Uuid[] = [];
  for (const { question, answer } of asked) {
    const { subjects, ...terms } = question;
    for (const subject of disputedOf(subjects, answer)) {
      const statements = await statementsOf(subject.customerId);
      const { disclosureId, items } = await gate.disputedWords(asker, {
        question: { ...terms, ...subject },
        statements,
      });
      if (disclosureId !== null) disclosures.push(disclosureId);
      const shown = new Set(items.map(({ statementId }) => statementId));
      units.push(...statements.filter(({ statementId }) => shown.has(statementId)).map(({ unitId }) => unitId));
      const known = byCustomer.get(subject.customerId) ?? new Map<Uuid, GivenStatement>();
      for (const { statementId, fields, filedAt, words } of items) known.set(statementId, { fields, filedAt, words });
      byCustomer.set(subject.customerId, known);
    }
  }
  return { byCustomer: new Map([...byCustomer].map(([id, known]) => [id, [...known.values()]])), disclosures, units };
}

/** Of whom a disputed field was released in clear. */
function disputedOf(subjects: readonly Subject[], { customers }: DisclosureAnswer): readonly Subject[] {
  const disputed = customers.filter(({ fields }) =>
    fields.some((field) => field.form === "clear" && field.disputed !== undefined),
  );
  const ids = new Set(disputed.map(({ customerId }) => customerId));
  return subjects.filter(({ customerId }) => ids.has(customerId));
}
