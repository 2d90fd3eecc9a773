// After a refusal: the customer's own words on what is right, kept with the record, told of wherever it is shown, and to whoever was given it before.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { SealedStatement } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { packedNames } from "../vault/vault.ts";
import { changeRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { tellAll } from "./correct.ts";
import { RequestsError } from "./errors.ts";
import { REQUEST, type RequestContent, type RequestRow } from "./request-row.ts";
import { STATEMENT_TELLS_MAX, statementPart, STATEMENTS_MAX } from "./statement-row.ts";

export interface Stating {
  readonly recordId: Uuid;
  /** By the record's own field names. */
  readonly fields: readonly string[];
  readonly words: string;
}

interface By {
  readonly asker: Authenticated;
  /** By the customer themselves. */
  readonly isOwn?: true;
  readonly also?: AlsoWrite | undefined;
}

/**
 * NAIC Model 670 s. 9(D), (E); 45 CFR 164.526(d)(1)-(5). Throws RequestsError `unknown-record`, `wrong-state` where no correction was refused, `too-much`,
 * AccessError `too-many-disputes`.
 */
export async function fileStatement(
  context: RequestsContext,
  { asker, isOwn, also }: By,
  { ownerId: customerId, rowId: requestId, content: seen }: RequestRow,
  { recordId, fields, words }: Stating,
): Promise<void> {
  requireRefused(seen);
  const [stored] = await context.vault.loadRecords([customerId], { recordId });
  const fieldNames = [...new Set(fields)];
  // One answer for what is not there and what the record does not hold: whoever guesses learns nothing of either.
  const held = stored === undefined ? null : packedNames(stored.record.pack);
  if (stored === undefined || held === null || !fieldNames.every((name) => held.has(name)))
    throw new RequestsError("unknown-record");
  const { unitId, recordType } = stored.record;
  const statementId = newId();
  const part = statementPart(statementId);
  const sealed = await context.vault.sealWaiting({ customerId, unitId, waitsIn: requestId, part }, words);
  const about = { recordId, recordType, fieldNames };
  const given = await context.deeds.givenTo({ customerId, ruleId: seen.ruleId, ...about });
  const { ruleId, place } = seen;
  const tells = tellAll(seen, "tell-statement", given, STATEMENT_TELLS_MAX);
  const whom = tells.map(({ deedId, recipient }) => ({ tellingId: asId(deedId), recipient }));
  const planned = context.tellings.plan({ customerId, of: "statement", servesId: requestId, ruleId, place, whom });
  const at = context.clock.now().toISOString();
  const dispute = { statementId, recordId, fields: fieldNames, filedAt: at };
  const detail = { statement: statementId, record: recordId, fields: fieldNames };
  const by = { asker, also, ...(isOwn === undefined ? {} : { isOwn }) };
  const action = isOwn === true ? "right.open" : "right.work";
  const changing = {
    ...by,
    action,
    customerId,
    requestId,
    step: "statement",
    dispute,
    detail,
    beside: planned,
  } as const;
  await changeRequest(context, changing, ({ content }) => {
    requireRefused(content);
    if (content.statements.length >= STATEMENTS_MAX) throw new RequestsError("too-much");
    const kept = { statementId, ...about, unitId, words: sealed, by: asker.principalId, at };
    return { ...content, statements: [...content.statements, { ...kept, tells: [...tells] }] };
  });
}

function requireRefused({ kind, state, decision }: RequestContent): void {
  const isOver = state === "decided" || state === "closed" || state === "appealed";
  if (kind !== "correction" || !isOver || decision === null || decision.outcome === "fulfilled")
    throw new RequestsError("wrong-state");
}

/** For the gate, which alone opens the words. */
export async function statementsOf(
  { authority, database }: RequestsContext,
  customerId: Uuid,
): Promise<readonly SealedStatement[]> {
  const rows = await authority.live(database, REQUEST, customerId);
  return rows.flatMap(({ rowId, content }) =>
    content.statements.map(({ statementId, recordId, unitId, recordType, fieldNames, words, at }) => ({
      statementId: asId(statementId),
      waitsIn: rowId,
      part: statementPart(statementId),
      recordId: asId(recordId),
      unitId: asId(unitId),
      fields: fieldNames.map((name) => `${recordType}.${name}`),
      filedAt: at,
      value: words,
    })),
  );
}
