// What a customer says of fields that they dispute: shown to whoever may be shown all those fields in clear by the same question, and entered as showing them.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { GateContext } from "./context.ts";
import { spendingOf } from "./ceilings.ts";
import { type Asking, decideAndRecord } from "./disclose.ts";
import { disclosureDraft } from "./entry.ts";
import { openAll } from "./own-waiting.ts";
import type { Question } from "./question.ts";

/** A statement as whoever keeps it hands it over. */
export interface SealedStatement {
  readonly statementId: Uuid;
  /** The row that it is kept in, and which of its values it is. */
  readonly waitsIn: Uuid;
  readonly part: string;
  readonly recordId: Uuid;
  readonly unitId: Uuid;
  /** Paths of the fields that it is about. */
  readonly fields: readonly string[];
  readonly filedAt: string;
  readonly value: string;
}

export interface StatementShown extends Pick<SealedStatement, "statementId" | "recordId" | "fields" | "filedAt"> {
  readonly words: string;
}

export interface StatementsAnswer {
  /** Null where there was nothing to ask about. */
  readonly disclosureId: Uuid | null;
  readonly items: readonly StatementShown[];
}

/**
 * INVARIANT: the words say what a field should say, so that they are shown where every field that they are about would be in clear, and to nobody else. Throws as
 * `disclose`.
 */
export async function disputedWords(
  context: GateContext,
  asker: Authenticated,
  { question, statements }: { readonly question: Question; readonly statements: readonly SealedStatement[] },
): Promise<StatementsAnswer> {
  const { customerId, unitId, recordIds, revision: _, fields, ...terms } = question;
  const meant = statements.filter(
    (one) =>
      (recordIds === null || recordIds.has(one.recordId)) &&
      (fields === null || one.fields.some((path) => fields.includes(path))),
  );
  if (meant.length === 0) return { disclosureId: null, items: [] };
  const about = new Set(meant.map(({ recordId }) => recordId));
  const paths = [...new Set(meant.flatMap((one) => one.fields))];
  const asked = { ...terms, fields: paths, subjects: [{ customerId, unitId, recordIds: about }] };
  const { parts, sequenced } = await decideAndRecord(context, asker, asked, askingFor(meant));
  const clear = new Set(
    parts.flatMap(({ judged }) =>
      judged.flatMap(({ field, stored, decision }) =>
        stored !== null && decision.form === "clear" ? [`${stored.record.recordId} ${field.path}`] : [],
      ),
    ),
  );
  const shown = meant.filter((one) => one.fields.every((path) => clear.has(`${one.recordId} ${path}`)));
  const items: StatementShown[] = [];
  for (const { waitsIn, part, value, unitId: sealedIn, statementId, recordId, fields: of, filedAt } of shown) {
    const opened = await openAll(context, { customerId, waitsIn, sealed: [{ unitId: sealedIn, part, value }] });
    const text = opened.get(part);
    if (text !== undefined) items.push({ statementId, recordId, fields: of, filedAt, words: String(JSON.parse(text)) });
  }
  return { disclosureId: sequenced.entryId, items };
}

function askingFor(statements: readonly SealedStatement[]): Asking {
  return {
    kind: "disclosure",
    draft: (asker, terms, decided) => {
      const draft = disclosureDraft(asker, terms, decided);
      return { ...draft, detail: { ...draft.detail, statements: statements.map(({ statementId }) => statementId) } };
    },
    spending: spendingOf,
  };
}
