// Packages: made by staff for a customer, reviewed by another where something is held back, fetched by the customer.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import { type GivenRecord, shownOf } from "./gather.ts";
import {
  faceOf,
  KEPT_MS,
  PACKAGE,
  type PackageContent,
  type PackageFace,
  type PackageForm,
  type PackageRow,
  stateOf,
  WITHHOLDING_GROUNDS,
  type WithholdingGround,
} from "./package-row.ts";
import { type At, HELD_TYPE, isSamePerson, rowOf } from "./find-package.ts";
import { isOver, requireJudged } from "./judgements.ts";
import { listOthers } from "./find-others.ts";
import type { HeldRecord } from "./others-row.ts";
import { type CopiedPaper, PAPER_TYPE } from "./papers.ts";
import { insertPart } from "./package-store.ts";
import { readParts, type SealedParts, sealFurther } from "./parts.ts";

export interface Deciding extends At {
  readonly unitId: Uuid;
  /** Null releases it. */
  readonly ground: WithholdingGround | null;
}

const FETCHES_KEPT = 50;

/**
 * Whoever looks at it is not who made it; withholding takes them alone, releasing somebody else's judgement before it. Throws FulfilmentError `own-package`
 * (recorded), `unknown-item`, `judgement-needed`, `still-open`, `would-tell`, `not-released`.
 */
export async function decideHeld(
  context: FulfilmentContext,
  asker: Authenticated,
  deciding: Deciding,
  also?: AlsoWrite,
): Promise<PackageFace> {
  const { access, authority, clock } = context;
  const { customerId, copyId, unitId, ground } = deciding;
  const targets = [customerId];
  const attempt = {
    kind: "fulfilment",
    action: "data-copy.review",
    actor: asker,
    targets,
    withheld: true,
    also,
  } as const;
  const refuse = (error: FulfilmentError) =>
    access.write<PackageFace>(attempt, async () => {
      throw error;
    });
  if (!access.may(asker, "data-copy.review")) return refuse(new FulfilmentError("unknown-package"));
  const row = await rowOf(context, deciding);
  const { content } = row;
  if (await isSamePerson(context, asker, asId(content.madeBy))) return refuse(new FulfilmentError("own-package"));
  const item = content.held.find((one) => one.unitId === unitId && one.decision === null);
  if (item === undefined) throw new FulfilmentError("unknown-item");
  if (ground !== null && item.why === "investigation" && WITHHOLDING_GROUNDS[ground].isTold)
    if (!(await isOver(context, customerId, unitId))) throw new FulfilmentError("would-tell");
  const released = ground === null ? await release(context, asker, row, item) : null;
  const { parts, chain } = released?.held ?? content;
  const decision = { by: asker.principalId, at: clock.now().toISOString(), ground };
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, {
      ownerId: customerId,
      act,
      reads: [PACKAGE.kind],
      make: (live) => {
        const current = live.get(PACKAGE, copyId, clock.now());
        // One at a time: what somebody else released meanwhile lies in parts that this one does not know of.
        if (current === null || current.revision !== row.revision) throw new FulfilmentError("unknown-item");
        const held = content.held.map((one) => (one === item ? { ...one, decision } : one));
        return [putRow(PACKAGE, { ...row, content: { ...content, parts, chain, held } })];
      },
    });
    for (const part of released?.parts ?? []) await insertPart(tx, part);
    const detail = { package: copyId, unit: unitId, released: ground === null, ground };
    return { result: null, written, customers: [customerId], detail, ids: [copyId] };
  });
  return faceOf(await rowOf(context, deciding));
}

/** What was judged, as far as the gate shows it to the privacy officer for the person (governance/policies, dpo/release-judged). */
async function release(
  context: FulfilmentContext,
  asker: Authenticated,
  { ownerId: customerId, rowId: copyId, endsAt, content }: PackageRow,
  item: PackageContent["held"][number],
): Promise<SealedParts> {
  const { gate, vault, clock } = context;
  const unitId = asId(item.unitId);
  const records = await requireJudged(context, asker, { customerId, unitId }, item);
  const paths = vault.registry.allFields().filter(({ record }) => record === HELD_TYPE);
  const { customers } = await gate.disclose(asker, {
    purpose: "data-subject-request",
    basis: "rights-request",
    fields: paths.map(({ path }) => path),
    form: "clear",
    recipient: null,
    justification: "judged by two people for a package of the person it is about",
    subjects: [{ customerId, unitId, recordIds: new Set(records.map(({ record }) => record.recordId)) }],
  });
  const given = [...shownOf(vault.registry, customers[0]?.fields ?? [], { topic: "investigation", type: HELD_TYPE })];
  if (given.every(({ fields }) => fields.every(({ form }) => form !== "clear")))
    throw new FulfilmentError("not-released");
  const expiresAt = endsAt ?? new Date(clock.now().getTime() + KEPT_MS);
  return sealFurther(context, { customerId, copyId, expiresAt, ...content }, given);
}

export interface Fetched {
  readonly face: PackageFace;
  /** What may name other people, each decided. */
  readonly others: readonly HeldRecord[];
  /** Each time anew, and each time written down. */
  records(): AsyncGenerator<GivenRecord, void, undefined>;
  /** Throws DocumentError `not-whole`. */
  bytesOf(paper: CopiedPaper): Promise<Buffer>;
}

/**
 * Written down before anything is opened. INVARIANT: whoever made or granted it does not hand it out as well, since it holds the whole file, asked for in the
 * customer's name: two people stand between one of staff and a file that the gate would not show them. Throws FulfilmentError `unknown-package`, `not-ready`,
 * `second-factor-needed`, and `own-package` (recorded).
 */
export async function fetchPackage(
  context: FulfilmentContext,
  asker: Authenticated,
  { form, ...at }: At & { readonly form: PackageForm },
): Promise<Fetched> {
  const { access, authority, clock } = context;
  const isOwn = asker.customerId === at.customerId;
  const targets = [isOwn ? asker.principalId : at.customerId];
  const own = isOwn ? ({ isOwn: true } as const) : {};
  const attempt = { kind: "fulfilment", action: "data-copy.fetch", actor: asker, targets, ...own } as const;
  const row = access.may(asker, "data-copy.fetch") || isOwn ? await rowOf(context, at) : null;
  // INVARIANT: the person does not learn that something is held: a copy that waits for a review is one that was not made yet.
  if (row !== null && stateOf(row.content) !== "ready")
    throw new FulfilmentError(isOwn ? "unknown-package" : "not-ready");
  if (isOwn && asker.signIn?.strongAt == null) throw new FulfilmentError("second-factor-needed");
  const isMaker = row !== null && !isOwn && (await isSamePerson(context, asker, asId(row.content.madeBy)));
  const fetched = { by: asker.principalId, at: clock.now().toISOString(), form };
  await access.write(attempt, async ({ tx, act }) => {
    if (isMaker) throw new FulfilmentError("own-package");
    const written = await authority.change(tx, {
      ownerId: at.customerId,
      act,
      reads: [PACKAGE.kind],
      make: (live) => {
        const current = live.get(PACKAGE, at.copyId, clock.now());
        if (current === null) throw new FulfilmentError("unknown-package");
        const all = [...current.content.fetched, fetched].slice(-FETCHES_KEPT);
        return [putRow(PACKAGE, { ...current, content: { ...current.content, fetched: all } })];
      },
    });
    // Each paper that goes along has an entry of its own besides.
    const papers = form === "archive" ? (row?.content.papers.included ?? 0) : 0;
    return { result: null, written, customers: [at.customerId], detail: { package: at.copyId, form, papers } };
  });
  const { content } = row ?? (await rowOf(context, at));
  if (content.requestId !== null) await context.onFetched({ ...at, requestId: asId(content.requestId) });
  const { parts, chain } = content;
  return {
    face: faceOf(await rowOf(context, at)),
    others: await listOthers(context, at),
    records: () => withoutDemanded(context, at.customerId, readParts(context, asker, { ...at, parts, chain })),
    bytesOf: ({ recordId, unitId, digest }) =>
      context.documents.bytesOf(asker, { customerId: at.customerId, recordId, unitId, digest }),
  };
}

/** INVARIANT: nor one on which a demand was found to rest since the copy was made; none where that cannot be believed (docs/decisions/0320). */
async function* withoutDemanded(
  { demandedPapers }: FulfilmentContext,
  customerId: Uuid,
  records: AsyncIterable<GivenRecord>,
): AsyncGenerator<GivenRecord, void, undefined> {
  const demanded = (await demandedPapers([customerId])).get(customerId);
  for await (const record of records)
    if (record.type !== PAPER_TYPE || (demanded !== null && demanded?.has(record.recordId) !== true)) yield record;
}
