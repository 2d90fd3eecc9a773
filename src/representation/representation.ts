// Who acts for whom: asked for by one, approved by another where it weighs, ended by either at once.
import type { Access, Actor, AlsoWrite } from "../access/access.ts";
import { type AuthorityRows, putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { DataClass } from "../kernel/vocabulary.ts";
import type { Database } from "../postgres/database.ts";
import type { Vault } from "../vault/vault.ts";
import { RepresentationError } from "./errors.ts";
import { isInForce, REPRESENTATION, type RepresentationContent } from "./representation-row.ts";

export type { RepresentationErrorCode } from "./errors.ts";
export type RepresentationKind = RepresentationContent["kind"];
export type { RepresentationContent };

export interface RepresentationContext {
  readonly database: Database;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly vault: Pick<Vault, "loadRecords">;
}

export interface RepresentationRequest {
  readonly customerId: Uuid;
  readonly representativeId: Uuid;
  readonly kind: RepresentationKind;
  readonly documentId: Uuid;
  readonly unitIds: readonly Uuid[] | null;
  readonly classes: readonly DataClass[] | null;
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

interface At {
  readonly customerId: Uuid;
  readonly representationId: Uuid;
}

/** What somebody's authority reaches. */
export interface Reach {
  readonly kind: RepresentationKind;
  readonly unitIds: readonly Uuid[] | null;
  readonly classes: readonly DataClass[] | null;
}

/** Writes throw RepresentationError, AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Representations {
  request(asked: RepresentationRequest, actor: Actor, also?: AlsoWrite): Promise<Uuid>;
  /** The second of two people. */
  approve(at: At, actor: Actor, also?: AlsoWrite): Promise<void>;
  /** At once; also what was only asked for. `isOwn`: by the represented customer, who needs no right to it: the caller says that it is theirs. */
  end(at: At, actor: Actor, also?: AlsoWrite, isOwn?: true): Promise<void>;
  /** What waits for a second person, for work lists. */
  waiting(limit: number): Promise<readonly Row<RepresentationContent>[]>;
  list(customerId: Uuid): Promise<readonly Row<RepresentationContent>[]>;
  /** What is in force of one representative, by represented customer. Customers whose rows do not verify have none. */
  reachOf(representativeId: Uuid, customerIds: readonly Uuid[]): Promise<ReadonlyMap<Uuid, readonly Reach[]>>;
}

/** One person verifies a guardian: the file says that the child is one. The others dispose of everything somebody has. */
const NEEDS_SECOND: ReadonlySet<RepresentationKind> = new Set(["power-of-attorney", "executor"]);

export function openRepresentations(context: RepresentationContext): Representations {
  const { authority, database } = context;
  return {
    request: (asked, actor, also) => request(context, asked, actor, also),
    approve: (at, actor, also) => approve(context, at, actor, also),
    end: (at, actor, also, isOwn) => end(context, { ...at, isOwn }, actor, also),
    waiting: async (limit) => {
      const { rows } = await authority.page(database, REPRESENTATION, { state: "live", after: null, limit });
      const now = context.clock.now();
      return rows.filter(({ endsAt, content }) => !content.isGranted && (endsAt === null || now < endsAt));
    },
    list: (customerId) => authority.live(database, REPRESENTATION, customerId),
    reachOf: (representativeId, customerIds) => reachOf(context, representativeId, customerIds),
  };
}

async function request(
  context: RepresentationContext,
  asked: RepresentationRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<Uuid> {
  const { access, authority, clock } = context;
  const { customerId, representativeId, kind, documentId, unitIds, classes, startsAt, endsAt } = asked;
  await check(context, asked);
  const isGranted = !NEEDS_SECOND.has(kind);
  const [rowId, now] = [newId(), clock.now()];
  const content: RepresentationContent = {
    representativeId,
    kind,
    documentId,
    isGranted,
    requestedBy: actor.principalId,
    approvedBy: null,
    unitIds: unitIds === null ? null : [...unitIds],
    classes: classes === null ? null : [...classes],
    startsAt: (startsAt ?? now).toISOString(),
  };
  const attempt = { kind: "grant", action: "representation.request", actor, targets: [customerId], also } as const;
  return access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [],
      make: () => [putRow(REPRESENTATION, { rowId, endsAt, content })],
    });
    const detail = { representation: rowId, actsAs: kind, document: documentId, isGranted };
    return { result: rowId, written, customers: [customerId, representativeId], detail, ids: [rowId] };
  });
}

async function check({ access, vault, clock }: RepresentationContext, asked: RepresentationRequest): Promise<void> {
  const { customerId, representativeId, documentId, startsAt, endsAt } = asked;
  const now = clock.now();
  if (customerId === representativeId) throw new RepresentationError("same-customer");
  if (endsAt !== null && endsAt <= (startsAt ?? now)) throw new RepresentationError("bad-period");
  if (endsAt !== null && endsAt <= now) throw new RepresentationError("bad-period");
  const known = await access.authoritiesOf([customerId, representativeId]);
  const usable = [customerId, representativeId].every((id) => {
    const state = known.get(id)?.state;
    return state != null && state.status !== "erased";
  });
  if (!usable) throw new RepresentationError("unknown-customer");
  const [document] = await vault.loadRecords([customerId], { recordId: documentId });
  if (document?.record.recordType !== "document") throw new RepresentationError("unknown-document");
}

async function approve(
  { access, authority, clock }: RepresentationContext,
  { customerId, representationId }: At,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const attempt = { kind: "grant", action: "representation.approve", actor, targets: [customerId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [REPRESENTATION.kind],
      make: async (live) => {
        const row = live.of(REPRESENTATION, clock.now()).find(({ rowId }) => rowId === representationId);
        if (row === undefined) throw new RepresentationError("unknown-representation");
        if (row.content.isGranted) throw new RepresentationError("already-granted");
        // INVARIANT: who requests cannot approve (architecture, promise 6).
        if (await access.isActor(tx, actor, [row.content.requestedBy])) throw new RepresentationError("own-request");
        const content = { ...row.content, isGranted: true, approvedBy: actor.principalId };
        return [putRow(REPRESENTATION, { ...row, content })];
      },
    });
    const detail = { representation: representationId };
    return { result: null, written, customers: [customerId], detail, ids: [representationId] };
  });
}

async function end(
  context: RepresentationContext,
  { customerId, representationId, isOwn }: At & { readonly isOwn: true | undefined },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  const { access, authority, clock, database } = context;
  const standing = await authority.live(database, REPRESENTATION, customerId);
  const found = standing.find(({ rowId }) => rowId === representationId);
  // The representative as whom their decisions are taken.
  const principalId =
    found === undefined ? null : await access.enrolCustomer(asId(found.content.representativeId), access.system);
  const targets = [isOwn === true ? actor.principalId : customerId];
  const own = isOwn === true ? ({ isOwn } as const) : {};
  const attempt = { kind: "grant", action: "representation.end", actor, targets, also, ...own } as const;
  await access.write(attempt, async ({ tx, act, movePrincipal }) => {
    const moved = principalId === null ? [] : [await movePrincipal(principalId)];
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [REPRESENTATION.kind],
      make: (live) => {
        if (!live.of(REPRESENTATION, clock.now()).some(({ rowId }) => rowId === representationId))
          throw new RepresentationError("unknown-representation");
        return [{ end: representationId }];
      },
    });
    const detail = { representation: representationId };
    const all = [...moved, ...written];
    return { result: null, written: all, customers: [customerId], detail, ids: [representationId] };
  });
}

async function reachOf(
  { authority, database, clock }: RepresentationContext,
  representativeId: Uuid,
  customerIds: readonly Uuid[],
): Promise<Map<Uuid, readonly Reach[]>> {
  const found = await authority.liveOfMany(database, [REPRESENTATION], customerIds);
  const now = clock.now();
  return new Map(
    [...found].map(([customerId, live]) => [
      customerId,
      (live?.of(REPRESENTATION, now) ?? [])
        .filter((row) => row.content.representativeId === representativeId && isInForce(row, now))
        .map(({ content: { kind, unitIds, classes } }): Reach => ({
          kind,
          classes,
          unitIds: unitIds?.map(asId) ?? null,
        })),
    ]),
  );
}
