// After a refusal: the customer's own words on what is right, kept with the record, told of wherever it is shown, and to whoever was given it before.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { SealedStatement } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { changeRequest } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { recordHolding, tellAll } from "./correct.ts";
import type { Deed } from "./deed-row.ts";
import { RequestsError } from "./errors.ts";
import { REQUEST, type RequestContent, type RequestRow } from "./request-row.ts";
import { STATEMENT_TELLS_MAX, statementPart, STATEMENTS_MAX } from "./statement-row.ts";

export interface Stating {
  readonly recordId: Uuid;
  /** By the record's own field names. */
  readonly fields: readonly string[];
  readonly words: string;
  /** The statement in whose place it comes. */
  readonly replaces?: Uuid | undefined;
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
  { recordId, fields, words, replaces }: Stating,
): Promise<void> {
  requireRefused(seen);
  if (replaces !== undefined && !isStanding(seen, replaces)) throw new RequestsError("unknown-statement");
  const fieldNames = [...new Set(fields)];
  const { unitId, recordType } = await recordHolding(context, { customerId, recordId, fieldNames });
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
  const end = replaces ?? null;
  const dispute = { add: { statementId, recordId, fields: fieldNames, filedAt: at }, end };
  const detail = { statement: statementId, record: recordId, fields: fieldNames, replaces: end };
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
    const before = end === null ? content : ended(content, end, { by: asker.principalId, at, replacedBy: statementId });
    const kept = { statementId, ...about, unitId, words: sealed, by: asker.principalId, at, withdrawn: null };
    return { ...before, statements: [...withRoom(before), { ...kept, tells: [...tells] }] };
  });
}

/** What is over with gives way to what is new. Throws RequestsError `too-much`. */
function withRoom({ statements }: RequestContent): RequestContent["statements"] {
  if (statements.length < STATEMENTS_MAX) return statements;
  const over = statements.find(({ withdrawn }) => withdrawn !== null);
  if (over === undefined) throw new RequestsError("too-much");
  return statements.filter((one) => one !== over);
}

function isStanding({ statements }: RequestContent, statementId: string): boolean {
  return statements.some((one) => one.statementId === statementId && one.withdrawn === null);
}

type Ending = NonNullable<RequestContent["statements"][number]["withdrawn"]>;

/** The statement accompanies nothing any more, and whoever was still to be told of it is not. Throws RequestsError `unknown-statement`. */
function ended(content: RequestContent, statementId: string, withdrawn: Ending): RequestContent {
  if (!isStanding(content, statementId)) throw new RequestsError("unknown-statement");
  const statements = content.statements.map((one) =>
    one.statementId === statementId
      ? {
          ...one,
          withdrawn,
          tells: one.tells.map((deed) => (deed.state === "waits" ? dropped(deed, withdrawn.at) : deed)),
        }
      : one,
  );
  return { ...content, statements };
}

function dropped(deed: Deed, at: string): Deed {
  return { ...deed, state: "done", at, fault: "withdrawn" };
}

function openTells({ statements }: RequestContent, statementId: string): readonly Uuid[] {
  const tells = statements.find((one) => one.statementId === statementId)?.tells ?? [];
  return tells.flatMap(({ deedId, state }) => (state === "waits" ? [asId(deedId)] : []));
}

/**
 * Effective with the next decision: the mark leaves the sealed state by the same act. Throws RequestsError `unknown-statement`.
 */
export async function withdrawStatement(
  context: RequestsContext,
  { asker, isOwn, also }: By,
  { ownerId: customerId, rowId: requestId, content: seen }: RequestRow,
  statementId: Uuid,
): Promise<void> {
  const withdrawn = { by: asker.principalId, at: context.clock.now().toISOString(), replacedBy: null };
  // Said before anything is locked, so that who names another's statement moves nothing of theirs.
  ended(seen, statementId, withdrawn);
  const by = { asker, also, ...(isOwn === undefined ? {} : { isOwn }) };
  const action = isOwn === true ? "right.open" : "right.work";
  const dispute = { add: null, end: statementId };
  const changing = { ...by, action, customerId, requestId, step: "statement-withdrawn", dispute } as const;
  const more = { detail: { statement: statementId }, drops: openTells(seen, statementId) };
  await changeRequest(context, { ...changing, ...more }, ({ content }) => ended(content, statementId, withdrawn));
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
    content.statements
      .filter(({ withdrawn }) => withdrawn === null)
      .map(({ statementId, recordId, unitId, recordType, fieldNames, words, at }) => ({
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
