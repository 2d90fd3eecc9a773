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
  const demanded = (await context.demandedPapers([customerId])).get(customerId) ?? new Set<Uuid>();
  const statements = await statementsGiven(context, self, customerId);
  const writer = writeParts(context, { customerId, copyId, expiresAt: endsAt });
  const count = countPapers(context, demanded);
  for await (const record of gatherFile(context, self, customerId)) {
    count.note(record);
    await writer.add(statements.with(record));
  }
  const { parts, chain, lines } = await writer.end();
  const { included, papers } = await count.end(customerId);
  const content: PackageContent = {
    requestId,
    language,
    madeBy,
    madeAt: now.toISOString(),
    parts,
    chain,
    records: lines,
    held: await heldOf(context, customerId),
    papers,
    fetched: [],
  };
  await access.write(attempt, async ({ tx, act }) => {
    const row = putRow(PACKAGE, { rowId: copyId, endsAt, content });
    const written = await (along === undefined
      ? authority.change(tx, { ownerId: customerId, act, reads: [], make: () => [row] })
      : along(tx, { act, resultId: copyId, rows: [row] }));
    const about = { package: copyId, request: requestId, parts, lines, held: content.held.length };
    const detail = { ...about, papers: [...included], papersLeftOut: papers.leftOut.map((one) => ({ ...one })) };
    return { result: null, written, customers: [customerId], detail, ids: [copyId] };
  });
  return faceOf(await rowOf(context, { customerId, copyId }));
}

/**
 * The customer as whoever asks the gate for what is theirs, as they would be shown it with a second factor. INVARIANT: they fetch it with one only, or get it
 * on paper (docs/decisions/0141).
 */
async function selfOf({ access, clock }: FulfilmentContext, customerId: Uuid): Promise<Authenticated> {
  const self = await access.reread(await access.enrolCustomer(customerId, access.system));
  if (self === null) throw new FulfilmentError("unknown-customer");
  const now = clock.now();
  return { ...self, signIn: { sessionId: newId(), at: now, methods: [], strongAt: now, phishingResistantAt: now } };
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
