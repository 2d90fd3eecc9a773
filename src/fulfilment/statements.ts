// What the customer says of fields that they dispute, put beside the records that a copy shows (NAIC Model 670 § 9(E); 45 CFR 164.526(d)(5)).
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { FulfilmentContext } from "./context.ts";
import { COPY_TERMS, type GivenRecord, type GivenStatement } from "./gather.ts";

export interface Statements {
  /** The record with what is said of it; with the first of its topics that shows a field it is about. */
  with(record: GivenRecord): GivenRecord;
}

/** The gate shows words where it would show every field that they are about in clear. Throws GateError. */
export async function statementsGiven(
  { gate, statementsOf, vault }: Pick<FulfilmentContext, "gate" | "statementsOf" | "vault">,
  self: Authenticated,
  customerId: Uuid,
): Promise<Statements> {
  const statements = await statementsOf(customerId);
  const question = { ...COPY_TERMS, fields: null, customerId, unitId: null, recordIds: null };
  const { items } = await gate.disputedWords(self, { question, statements });
  const waiting = new Map(Map.groupBy(items, ({ recordId }) => recordId));
  return {
    with: (record) => {
      const said = waiting.get(record.recordId) ?? [];
      const shown = new Set(record.fields.map(({ name }) => `${record.type}.${name}`));
      const now = said.filter(({ fields }) => fields.some((path) => shown.has(path)));
      if (now.length === 0) return record;
      waiting.set(
        record.recordId,
        said.filter((one) => !now.includes(one)),
      );
      return { ...record, statements: now.map(given) };
    },
  };

  function given({ filedAt, fields, words }: (typeof items)[number]): GivenStatement {
    return { filedAt, about: fields.map((path) => vault.registry.field(path)?.label ?? path), words };
  }
}
