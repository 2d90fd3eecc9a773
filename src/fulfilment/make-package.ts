// Makes a package: all that the customer may have is asked of the gate in their own name, sealed in parts, and what nobody has looked at is held back.
import type { Actor, AlsoWrite, Authenticated } from "../access/access.ts";
import { putRow, type RowChange, type WrittenAuthority } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Transaction } from "../postgres/database.ts";
import { packedNames } from "../vault/vault.ts";
import type { FulfilmentContext, Language } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import { gatherFile } from "./gather.ts";
import { HELD_TYPE, rowOf } from "./find-package.ts";
import { faceOf, KEPT_MS, PACKAGE, type PackageContent, type PackageFace } from "./package-row.ts";
import { countPapers, recordsOf } from "./papers.ts";
import { holdOthers } from "./hold-others.ts";
import { HELD_A_ROW, type HeldRecord, OTHERS } from "./others-row.ts";
import { insertPart, type PackagePart } from "./package-store.ts";
import { writeParts } from "./parts.ts";
import { statementsGiven } from "./statements.ts";

export interface Making {
  readonly customerId: Uuid;
  readonly language: Language;
  /** The request of the customer that it answers. */
  readonly requestId: Uuid | null;
  /** Whoever granted it, where the server makes it: they do not review it. */
  readonly madeBy?: Uuid;
  /** Writes the copy's row together with that of the request. */
  readonly along?: (
    tx: Transaction,
    made: { readonly act: Uuid; readonly resultId: Uuid; readonly rows: readonly RowChange[] },
  ) => Promise<readonly WrittenAuthority[]>;
}

const PRIVILEGED_FIELD = "counsel-advice";

export async function makePackage(
  context: FulfilmentContext,
  asker: Actor,
  { customerId, language, requestId, madeBy = asker.principalId, along }: Making,
  also?: AlsoWrite,
): Promise<PackageFace> {
  const { access, authority, clock } = context;
  // The server makes what somebody else has granted, and nothing by itself.
  const action = along === undefined ? "data-copy.make" : "right.fulfil";
  const attempt = { kind: "fulfilment", action, actor: asker, targets: [customerId], also } as const;
  if (!access.may(asker, action))
    return access.write(attempt, async () => {
      throw new FulfilmentError("unknown-customer");
    });
  const copyId = newId();
  const now = clock.now();
  const endsAt = new Date(now.getTime() + KEPT_MS);
  const self = await selfOf(context, customerId);
  const demanded = (await context.demandedPapers([customerId])).get(customerId);
  const statements = await statementsGiven(context, self, customerId);
  const insert = (part: PackagePart): Promise<void> => insertPart(context.database, part);
  const writer = writeParts({ ...context, insert }, { customerId, copyId, expiresAt: endsAt });
  const count = countPapers(context, demanded ?? new Set());
  const back = holdOthers(context);
  for await (const record of gatherFile(context, self, { customerId, back })) {
    count.note(record);
    await writer.add(statements.with(record));
  }
  const { parts, chain, lines } = await writer.end();
  const others = await back.end(customerId, demanded === undefined ? new Set() : demanded);
  const { included, papers } = await count.end(customerId, new Set(others.map(({ recordId }) => recordId)));
  const content: PackageContent = {
    requestId,
    language,
    madeBy,
    madeAt: now.toISOString(),
    parts,
    chain,
    records: lines,
    held: await heldOf(context, customerId),
    others: { records: others.length, waiting: others.length },
    papers,
    fetched: [],
  };
  await access.write(attempt, async ({ tx, act }) => {
    const rows = [putRow(PACKAGE, { rowId: copyId, endsAt, content }), ...rowsOf(others, { copyId, endsAt })];
    const written = await (along === undefined
      ? authority.change(tx, { ownerId: customerId, act, reads: [], make: () => rows })
      : along(tx, { act, resultId: copyId, rows }));
    const held = { held: content.held.length, mayNameOthers: others.length };
    const about = { package: copyId, request: requestId, parts, lines, ...held };
    const detail = { ...about, papers: [...included], papersLeftOut: papers.leftOut.map((one) => ({ ...one })) };
    return { result: null, written, customers: [customerId], detail, ids: [copyId] };
  });
  return faceOf(await rowOf(context, { customerId, copyId }));
}

/**
 * The customer as whoever asks the gate for what is theirs, as they would be shown it with a second factor. INVARIANT: they fetch it with one only, or get it
 * on paper (docs/decisions/0141).
 */
export async function selfOf({ access, clock }: FulfilmentContext, customerId: Uuid): Promise<Authenticated> {
  const self = await access.reread(await access.enrolCustomer(customerId, access.system));
  if (self === null) throw new FulfilmentError("unknown-customer");
  const now = clock.now();
  return { ...self, signIn: { sessionId: newId(), at: now, methods: [], strongAt: now, phishingResistantAt: now } };
}

function rowsOf(
  others: readonly HeldRecord[],
  { copyId, endsAt }: { readonly copyId: Uuid; readonly endsAt: Date },
): RowChange[] {
  const rows: RowChange[] = [];
  for (let from = 0; from < others.length; from += HELD_A_ROW) {
    const content = { copyId, records: others.slice(from, from + HELD_A_ROW) };
    rows.push(putRow(OTHERS, { rowId: newId(), endsAt, content }));
  }
  return rows;
}

/** Which units hold what no customer is shown before somebody has looked at it: by the records' types and the names of their fields, nothing is opened. */
async function heldOf(context: FulfilmentContext, customerId: Uuid): Promise<PackageContent["held"]> {
  const found = new Map<string, PackageContent["held"][number]>();
  for await (const record of recordsOf(context, customerId, HELD_TYPE)) {
    const isPrivileged = packedNames(record.pack).has(PRIVILEGED_FIELD);
    const known = found.get(record.unitId);
    const why = isPrivileged || known?.why === "privileged" ? "privileged" : "investigation";
    const records = (known?.records ?? 0) + 1;
    found.set(record.unitId, { unitId: record.unitId, type: HELD_TYPE, records, why, judged: null, decision: null });
  }
  return [...found.values()];
}
