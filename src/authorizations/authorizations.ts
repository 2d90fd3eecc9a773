// What customers agreed to: asked for, given, refused, renewed and withdrawn, each at once in every process.
import type { Action, AlsoWrite, Authenticated, Writing } from "../access/access.ts";
import { putRow, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Beside } from "../tellings/tellings.ts";
import { AUTHORIZATION, type AuthorizationContent, type AuthorizationRow, stateOf } from "./authorization-row.ts";
import { type AuthorizationTerms, checkEvidence, checkTerms, type Evidence, type Narrowing } from "./capture.ts";
import type { AuthorizationsContext } from "./context.ts";
import { AuthorizationError } from "./errors.ts";
import type { AuthorizationForm } from "./forms.ts";
import { ending } from "./ending.ts";
import { type AuthorizationUse, lastUses } from "./last-use.ts";
import { tellThoseWhoRelied } from "./relied-on.ts";
import { type SignedTerms, signedTerms } from "./signed-terms.ts";
import { readNarrowing, sealNarrowing } from "./narrowing.ts";

export type { AuthorizationsContext } from "./context.ts";
export { type AuthorizationRow, type AuthorizationState, stateOf } from "./authorization-row.ts";
export type { AuthorizationTerms, Evidence, Narrowing } from "./capture.ts";
export { gatherAuthorizations } from "./entitlements.ts";
export { AuthorizationError, type AuthorizationErrorCode } from "./errors.ts";
export { type AuthorizationForm, loadAuthorizationForms } from "./forms.ts";
export type { AuthorizationUse } from "./last-use.ts";

interface Who {
  readonly actor: Authenticated;
  readonly also?: AlsoWrite | undefined;
  /** By the customer themselves, who need no right to it: the caller says that it is theirs. */
  readonly isOwn?: true;
}

export interface At {
  readonly customerId: Uuid;
  readonly authorizationId: Uuid;
}

/** Of evidence null means refused. Writes throw AuthorizationError, AccessError `not-permitted` (recorded), `stale-actor`, `erased`. */
export interface Authorizations {
  readonly forms: ReadonlyMap<string, AuthorizationForm>;
  ask(customerId: Uuid, terms: AuthorizationTerms, who: Who): Promise<Uuid>;
  /** Without having been asked for here. */
  record(customerId: Uuid, terms: AuthorizationTerms, evidence: Evidence | null, who: Who): Promise<Uuid>;
  /** To what was asked for. */
  answer(at: At, evidence: Evidence | null, who: Who): Promise<void>;
  /** Also what was only asked for. */
  withdraw(at: At, who: Who): Promise<void>;
  /** The same once more, until then: a new one, in place of the old. */
  renew(at: At, expiresAt: Date, evidence: Evidence, who: Who): Promise<Uuid>;
  /** In every state, newest first. */
  list(customerId: Uuid): Promise<readonly AuthorizationRow[]>;
  /** Given by these customers, and over before then unless they are renewed. Of whom the rows do not verify there is none. */
  ending(customerIds: readonly Uuid[], before: Date): Promise<readonly AuthorizationRow[]>;
  lastUses(customerId: Uuid, ids: readonly Uuid[]): Promise<ReadonlyMap<Uuid, AuthorizationUse>>;
  /** To what it was narrowed, in the reader's name; null where it was not, or went with an erasure. */
  narrowing(asker: Authenticated, at: At): Promise<Narrowing | null>;
  /** For whoever is to act on it, opened in the reader's name; null where there is none in force. */
  signedTerms(reader: Authenticated, at: At): Promise<SignedTerms | null>;
}

/** Nobody reads through more; each answer of the gate verifies them all. */
const KEPT_MAX = 200;

export function openAuthorizations(context: AuthorizationsContext): Authorizations {
  const list = async (customerId: Uuid): Promise<readonly AuthorizationRow[]> =>
    (await context.authority.live(context.database, AUTHORIZATION, customerId)).toReversed();
  return {
    forms: context.forms,
    ask: (customerId, terms, who) => ask(context, customerId, terms, who),
    record: (customerId, terms, evidence, who) => record(context, { customerId, terms, evidence }, who),
    answer: (at, evidence, who) => answer(context, at, evidence, who),
    withdraw: (at, who) => withdraw(context, at, who),
    renew: (at, expiresAt, evidence, who) => renew(context, at, { expiresAt, evidence }, who),
    list,
    ending: (customerIds, before) => ending(context, customerIds, before),
    signedTerms: (reader, at) => signedTerms(context, reader, at),
    lastUses: (customerId, ids) => lastUses(context, customerId, ids),
    narrowing: async (asker, { customerId, authorizationId }) => {
      const row = (await list(customerId)).find(({ rowId }) => rowId === authorizationId);
      if (row === undefined) throw new AuthorizationError("unknown-authorization");
      return readNarrowing(context, asker, row);
    },
  };
}

async function ask(
  context: AuthorizationsContext,
  customerId: Uuid,
  terms: AuthorizationTerms,
  who: Who,
): Promise<Uuid> {
  await checkTerms(context, customerId, terms);
  const rowId = newId();
  const now = context.clock.now().toISOString();
  const blank = await contentOf(context, { customerId, rowId }, terms);
  const content = { ...blank, askedBy: who.actor.principalId, askedAt: now };
  return write(context, { customerId, action: "authorization.ask", who, id: rowId, said: { form: terms.form } }, () => [
    putRow(AUTHORIZATION, { rowId, content }),
  ]);
}

interface Recording {
  readonly customerId: Uuid;
  readonly terms: AuthorizationTerms;
  readonly evidence: Evidence | null;
}

async function record(
  context: AuthorizationsContext,
  { customerId, terms, evidence }: Recording,
  who: Who,
): Promise<Uuid> {
  await checkTerms(context, customerId, terms);
  if (evidence !== null) await checkEvidence(context, customerId, terms, evidence);
  const rowId = newId();
  const blank = await contentOf(context, { customerId, rowId }, terms);
  const content = { ...blank, ...answered(context, evidence, who) };
  const said = { form: terms.form, answer: evidence === null ? "refused" : "given" };
  return write(context, { customerId, action: "authorization.record", who, id: rowId, said }, () => [
    putRow(AUTHORIZATION, { rowId, content }),
  ]);
}

async function answer(context: AuthorizationsContext, at: At, evidence: Evidence | null, who: Who): Promise<void> {
  const { customerId, authorizationId } = at;
  if (evidence !== null) {
    const row = await rowAt(context, at);
    const { expiresAt, ...terms } = row.content;
    const ends = expiresAt === null ? null : new Date(expiresAt);
    await checkEvidence(context, customerId, { ...terms, expiresAt: ends }, evidence);
  }
  const said = { answer: evidence === null ? "refused" : "given" };
  const attempt = { customerId, action: "authorization.record", who, id: authorizationId, said } as const;
  await change(context, attempt, ["asked"], (row) => [
    putRow(AUTHORIZATION, { ...row, content: { ...row.content, ...answered(context, evidence, who) } }),
  ]);
}

async function withdraw(context: AuthorizationsContext, at: At, who: Who): Promise<void> {
  const { customerId, authorizationId: id } = at;
  const withdrawn = { by: who.actor.principalId, at: context.clock.now().toISOString() };
  const beside = await tellThoseWhoRelied(context, at);
  const attempt = { customerId, action: "authorization.withdraw", who, id, said: {}, beside } as const;
  await change(context, attempt, ["asked", "given"], (row) => [
    putRow(AUTHORIZATION, { ...row, content: { ...row.content, withdrawn } }),
  ]);
}

interface Renewing {
  readonly expiresAt: Date;
  readonly evidence: Evidence;
}

async function renew(
  context: AuthorizationsContext,
  at: At,
  { expiresAt, evidence }: Renewing,
  who: Who,
): Promise<Uuid> {
  const { customerId, authorizationId: id } = at;
  const { content: before } = await rowAt(context, at);
  if (expiresAt <= context.clock.now()) throw new AuthorizationError("bad-period");
  await checkEvidence(context, customerId, { ...before, expiresAt }, evidence);
  const rowId = newId();
  const narrowing = await sealNarrowing(context, { customerId, rowId }, await openedAgain(context, who, at));
  const attempt = { customerId, action: "authorization.record", who, id: rowId, said: { renews: id } } as const;
  await change(context, { ...attempt, changed: id }, ["given", "expired"], (row) => {
    const now = context.clock.now().toISOString();
    const dates = { startsAt: now, expiresAt: expiresAt.toISOString() };
    const fresh = { askedBy: null, askedAt: null, renews: id, renewedBy: null, withdrawn: null, narrowing };
    const content = { ...row.content, ...dates, ...fresh, ...answered(context, evidence, who) };
    return [
      putRow(AUTHORIZATION, { ...row, content: { ...row.content, renewedBy: rowId } }),
      putRow(AUTHORIZATION, { rowId, content }),
    ];
  });
  return rowId;
}

/** What it was narrowed to is sealed for its own row, so it is opened, which is an entry, and sealed for the new one. */
async function openedAgain(context: AuthorizationsContext, { actor }: Who, at: At): Promise<Narrowing | null> {
  const row = await rowAt(context, at);
  return row.content.narrowing === null ? null : readNarrowing(context, actor, row);
}

async function rowAt(
  { authority, database }: AuthorizationsContext,
  { customerId, authorizationId }: At,
): Promise<AuthorizationRow> {
  const rows = await authority.live(database, AUTHORIZATION, customerId);
  const row = rows.find(({ rowId }) => rowId === authorizationId);
  if (row === undefined) throw new AuthorizationError("unknown-authorization");
  return row;
}

async function contentOf(
  context: AuthorizationsContext,
  place: { readonly customerId: Uuid; readonly rowId: Uuid },
  terms: AuthorizationTerms,
): Promise<AuthorizationContent> {
  const { form, classes, recipients, purposes, unitIds, recordIds, startsAt, expiresAt } = terms;
  return {
    form,
    classes: [...classes],
    recipients: recipients.map((one) => ({ ...one })),
    purposes: [...purposes],
    unitIds: unitIds === null ? null : [...unitIds],
    recordIds: recordIds === null ? null : [...recordIds],
    narrowing: await sealNarrowing(context, place, terms.narrowing),
    startsAt: (startsAt ?? context.clock.now()).toISOString(),
    expiresAt: expiresAt?.toISOString() ?? null,
    askedBy: null,
    askedAt: null,
    given: null,
    refusedAt: null,
    withdrawn: null,
    renews: null,
    renewedBy: null,
  };
}

function answered(
  { clock }: AuthorizationsContext,
  evidence: Evidence | null,
  { actor }: Who,
): Pick<AuthorizationContent, "given" | "refusedAt"> {
  const now = clock.now().toISOString();
  if (evidence === null) return { given: null, refusedAt: now };
  const { documentId, representationId, signedAt, elements } = evidence;
  const given = {
    signer: representationId === null ? ("customer" as const) : ("representative" as const),
    representationId,
    signedAt: signedAt.toISOString(),
    documentId,
    elements: [...elements],
    recordedBy: actor.principalId,
    recordedAt: now,
  };
  return { given, refusedAt: null };
}

interface Attempted {
  readonly customerId: Uuid;
  readonly action: Action;
  readonly who: Who;
  /** What the entry names, and the answer. */
  readonly id: Uuid;
  readonly said: { readonly [key: string]: string };
  readonly beside?: Beside;
}

function change(
  context: AuthorizationsContext,
  attempt: Attempted & { readonly changed?: Uuid },
  states: readonly string[],
  make: (row: AuthorizationRow) => readonly RowChange[],
): Promise<Uuid> {
  return write(context, attempt, (rows) => {
    const row = rows.find(({ rowId }) => rowId === (attempt.changed ?? attempt.id));
    if (row === undefined) throw new AuthorizationError("unknown-authorization");
    if (!states.includes(stateOf(row, context.clock.now()))) throw new AuthorizationError("wrong-state");
    return make(row);
  });
}

/** INVARIANT: the customer moves with every change, so that no decision taken on what stood before goes out after. */
function write(
  { access, authority, clock }: AuthorizationsContext,
  { customerId, action, who, id, said, beside }: Attempted,
  make: (rows: readonly AuthorizationRow[]) => readonly RowChange[],
): Promise<Uuid> {
  const { actor, also, isOwn } = who;
  const targets = [isOwn === true ? actor.principalId : customerId];
  const attempt = {
    kind: "authorization",
    action,
    actor,
    targets,
    also,
    ...(isOwn === true ? { isOwn } : {}),
  } as const;
  return access.write(attempt, async ({ tx, act, moveCustomer }: Writing) => {
    const moved = await moveCustomer(customerId);
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [AUTHORIZATION.kind],
      make: (live) => {
        const rows = live.of(AUTHORIZATION, clock.now());
        const changes = make(rows);
        if (rows.length + changes.length > KEPT_MAX) throw new AuthorizationError("too-many");
        return [...changes, ...(beside?.rows ?? [])];
      },
    });
    await beside?.index(tx);
    const detail = { authorization: id, ...said };
    return { result: id, written: [moved, ...written], customers: [customerId], detail, ids: [id] };
  });
}
