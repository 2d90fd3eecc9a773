// Whether a person may have what is held of an investigation: judged by somebody who knows the matter, then released by the privacy officer; never while it is open.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import { type AuthorityRows, putRow } from "../authority/authority.ts";
import type { Entitlement, GatherEntitlements } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { asId } from "../kernel/ids.ts";
import { DATA_CLASSES } from "../kernel/vocabulary.ts";
import type { Database } from "../postgres/database.ts";
import type { StoredRecord, Vault } from "../vault/vault.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import { type Judgement, PACKAGE, type PackageContent, type WithholdingGround } from "./package-row.ts";
import { type At, HELD_TYPE, isSamePerson, rowOf } from "./find-package.ts";
import { OTHERS, type OthersRow } from "./others-row.ts";

export interface Judging extends At {
  readonly unitId: Uuid;
  /** Null: the person may have it. */
  readonly ground: WithholdingGround | null;
}

type Held = PackageContent["held"][number];

const JUDGED_MAX = 100;

/**
 * Written down as withheld, as everything of it is. Throws FulfilmentError `unknown-package`, `own-package`, `own-case`, `counsel-needed`, `still-open` (recorded),
 * `unknown-item`, `too-large`.
 */
export async function judgeHeld(
  context: FulfilmentContext,
  asker: Authenticated,
  judging: Judging,
  also?: AlsoWrite,
): Promise<void> {
  const { access, authority, clock } = context;
  const { customerId, copyId, unitId, ground } = judging;
  const targets = [customerId];
  const attempt = {
    kind: "fulfilment",
    action: "data-copy.judge",
    actor: asker,
    targets,
    withheld: true,
    also,
  } as const;
  const { fault, records } = await examine(context, asker, judging);
  await access.write(attempt, async ({ tx, act, moveCustomer }) => {
    if (fault !== null) throw new FulfilmentError(fault);
    // INVARIANT: what the gate reads of it is no older than the revision that its entry is guarded by.
    const moved = await moveCustomer(customerId);
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [PACKAGE.kind],
      make: (live) => {
        const row = live.get(PACKAGE, copyId, clock.now());
        const item = row === null ? undefined : undecided(row.content, unitId);
        if (row === null || item === undefined) throw new FulfilmentError("unknown-item");
        const judged = { by: asker.principalId, at: clock.now().toISOString(), ground, records };
        const held = row.content.held.map((one) => (one === item ? { ...one, judged } : one));
        return [putRow(PACKAGE, { ...row, content: { ...row.content, held } })];
      },
    });
    const detail = { package: copyId, unit: unitId, judged: ground === null ? "may-be-released" : "withhold", ground };
    return { result: null, written: [moved, ...written], customers: [customerId], detail, ids: [copyId] };
  });
}

interface Examined {
  readonly fault: FulfilmentError["code"] | null;
  readonly records: Judgement["records"];
}

async function examine(context: FulfilmentContext, asker: Authenticated, judging: Judging): Promise<Examined> {
  const { access } = context;
  const { customerId, unitId, ground } = judging;
  const found = (fault: Examined["fault"], records: Judgement["records"] = []): Examined => ({ fault, records });
  // The write itself refuses whoever has no right, and says so in its entry.
  if (!access.may(asker, "data-copy.judge")) return found(null);
  const { content } = await rowOf(context, judging);
  const item = undecided(content, unitId);
  if (item === undefined) throw new FulfilmentError("unknown-item");
  if (await isSamePerson(context, asker, asId(content.madeBy))) return found("own-package");
  if (item.why === "privileged" && asker.role !== "litigation") return found("counsel-needed");
  if (await investigates(context, asker, customerId)) return found("own-case");
  if (ground === null && !(await isOver(context, customerId, unitId))) return found("still-open");
  const records = await context.vault.loadRecords([customerId], { recordTypes: [HELD_TYPE], unitId });
  if (records.length > JUDGED_MAX) throw new FulfilmentError("too-large");
  return found(null, asTheyStand(records));
}

function undecided({ held }: PackageContent, unitId: Uuid): Held | undefined {
  return held.find((one) => one.unitId === unitId && one.decision === null);
}

function asTheyStand(records: readonly StoredRecord[]): Judgement["records"] {
  return records.map(({ record: { recordId, revision } }) => ({ recordId, revision }));
}

/** Whoever runs a case is no judge of what is told of it, as whatever principal of theirs. */
async function investigates(context: FulfilmentContext, asker: Authenticated, customerId: Uuid): Promise<boolean> {
  const open = (await context.access.authoritiesOf([customerId])).get(customerId)?.open ?? [];
  for (const { kind, assigneeId } of open)
    if (kind === "investigation" && (await isSamePerson(context, asker, assigneeId))) return true;
  return false;
}

/** NAIC Model 680 s. 4 and its like: what is being investigated is told to nobody whom it concerns. */
export async function isOver(
  { vault }: { readonly vault: Pick<Vault, "loadForDecision"> },
  customerId: Uuid,
  unitId: Uuid,
): Promise<boolean> {
  const [subject] = await vault.loadForDecision([{ customerId }]);
  return subject?.units.find(({ header }) => header.unitId === unitId)?.header.status === "closed";
}

/**
 * INVARIANT: just what was judged, and not by whoever releases it. Throws FulfilmentError `judgement-needed`, `still-open`.
 */
export async function requireJudged(
  context: FulfilmentContext,
  asker: Authenticated,
  { customerId, unitId }: { readonly customerId: Uuid; readonly unitId: Uuid },
  { judged }: Held,
): Promise<readonly StoredRecord[]> {
  if (!(await isOver(context, customerId, unitId))) throw new FulfilmentError("still-open");
  const isAgreed = judged !== null && judged.ground === null && !(await isSamePerson(context, asker, asId(judged.by)));
  const records = await context.vault.loadRecords([customerId], { recordTypes: [HELD_TYPE], unitId });
  const same = (one: Judgement["records"][number]): string => `${one.recordId} ${String(one.revision)}`;
  const known = new Set(judged?.records.map(same) ?? []);
  if (!isAgreed || !asTheyStand(records).every((one) => known.has(same(one))))
    throw new FulfilmentError("judgement-needed");
  return records;
}

export interface ReleaseParts {
  readonly authority: Pick<AuthorityRows, "liveOfMany">;
  readonly database: Database;
  readonly clock: Clock;
  readonly vault: Pick<Vault, "loadForDecision">;
  readonly areOnePerson: (one: Uuid, other: Uuid) => Promise<boolean>;
}

/**
 * For the gate: what somebody else has judged may be released to the person, of what is over, and what a copy holds because it may name others, for whoever
 * answers the request; that this is the privacy officer is the policies' to say.
 * INVARIANT: of customers whose rows do not verify nothing was judged, and nothing is held.
 */
export function gatherReleases(parts: ReleaseParts): GatherEntitlements {
  const { authority, database, clock } = parts;
  return async (asker, customers, { basis, purpose }) => {
    if (basis !== "rights-request" || purpose !== "data-subject-request") return new Map();
    const ids = customers.map(({ customerId }) => customerId);
    const found = await authority.liveOfMany(database, [PACKAGE, OTHERS], ids);
    const entitled = new Map<Uuid, readonly Entitlement[]>();
    for (const [customerId, live] of found) {
      const theirs: Entitlement[] = [];
      for (const { rowId, content } of live?.of(PACKAGE, clock.now()) ?? []) {
        for (const item of content.held)
          if (await isEntitling(parts, asker, customerId, item)) theirs.push(entitlementOf(rowId, item));
        const waiting = content.others.waiting === 0 ? [] : (live?.of(OTHERS, clock.now()) ?? []);
        const unitIds = unitsToRead(rowId, waiting);
        if (unitIds.length > 0 && !(await isSamePerson(parts, asker, asId(content.madeBy))))
          theirs.push(toRead(rowId, unitIds));
      }
      entitled.set(customerId, theirs);
    }
    return entitled;
  };
}

async function isEntitling(
  parts: ReleaseParts,
  asker: Parameters<GatherEntitlements>[0],
  customerId: Uuid,
  { judged, decision, unitId }: Held,
): Promise<boolean> {
  if (decision !== null || judged === null || judged.ground !== null) return false;
  if (await isSamePerson(parts, asker, asId(judged.by))) return false;
  return isOver(parts, customerId, asId(unitId));
}

function unitsToRead(copyId: Uuid, rows: readonly OthersRow[]): readonly Uuid[] {
  const records = rows.filter(({ content }) => content.copyId === copyId).flatMap(({ content }) => content.records);
  return [...new Set(records.filter(({ decision }) => decision === null).map(({ unitId }) => asId(unitId)))];
}

/** The file that it stands in, closed or not: what a text means is seen from what is beside it. No investigation, which others judge. */
function toRead(id: Uuid, unitIds: readonly Uuid[]): Entitlement {
  const classes = DATA_CLASSES.filter((dataClass) => dataClass !== "investigation");
  return {
    kind: "release-judgement",
    id,
    agreedAt: null,
    paperId: null,
    classes,
    unitIds,
    recordIds: null,
    psychotherapyNotes: false,
    // It is read for nobody but the person, who asked for it.
    specialHealth: () => true,
    isWithheld: false,
  };
}

function entitlementOf(rowId: Uuid, { unitId, judged }: Held): Entitlement {
  return {
    kind: "release-judgement",
    id: rowId,
    agreedAt: null,
    paperId: null,
    classes: ["investigation"],
    unitIds: [asId(unitId)],
    recordIds: judged?.records.map(({ recordId }) => asId(recordId)) ?? [],
    psychotherapyNotes: false,
    specialHealth: () => false,
    // That it was looked at is told with what is released, and not before.
    isWithheld: true,
  };
}
