// The certificate of a run: what was erased, by which erasures, what was left and why; the ledger commits to it.
import { asPublicBytes, utf8, type Uuid } from "../kernel/bytes.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import type { RetentionContext } from "./context.ts";
import { sha256Of } from "./disposal-lines.ts";
import type { DisposalRow } from "./disposal-row.ts";
import { insertCertificate, type Line, type Outcome } from "./disposal-store.ts";
import { changeDisposal } from "./disposals.ts";
import { RetentionError } from "./errors.ts";

interface Run {
  readonly lines: readonly Line[];
  readonly outcomes: readonly Outcome[];
}

/** Does nothing while an erasure is not final yet. Throws RetentionError `not-believed` where what stands of one is not what the run says. */
export async function certifyRun(context: RetentionContext, row: DisposalRow, run: Run): Promise<void> {
  const { access, clock } = context;
  const { rowId: disposalId } = row;
  const erased = await erasedUnits(context, run);
  if (erased === null) return;
  const left = run.outcomes.flatMap((one) => (one.outcome === "left" ? [one] : []));
  const at = clock.now().toISOString();
  const bytes = asPublicBytes(utf8(canonicalJson(certificateOf(context, row, { run, erased, at }))));
  const certificate = sha256Of(bytes);
  const counts = { erased: erased.length, left: left.length };
  const also = (tx: Parameters<typeof insertCertificate>[0]) => insertCertificate(tx, disposalId, bytes);
  const change = {
    disposalId,
    action: "disposal.run",
    actor: access.system,
    also,
    detail: { certificate, ...counts },
  } as const;
  const leftBy = [...Map.groupBy(left, ({ reason }) => reason ?? "")].map(([name, ones]) => ({
    name,
    count: ones.length,
  }));
  await changeDisposal(context, change, (held, entry) => {
    if (held.state !== "approved") throw new RetentionError("wrong-state");
    return { ...held, state: "complete", ended: { at, entry, certificate, ...counts, leftBy } };
  });
}

interface ErasedUnit {
  readonly [name: string]: Json;
}

/** Null while one is not final. INVARIANT: only what the keys' own rows, under their MACs, say is erased and final. */
async function erasedUnits(
  { keys, database }: RetentionContext,
  { lines, outcomes }: Run,
): Promise<readonly ErasedUnit[] | null> {
  const byNumber = new Map(lines.map((line) => [line.line, line]));
  const erased: ErasedUnit[] = [];
  for (const { line: number, outcome, erasureId } of outcomes) {
    if (outcome !== "erased") continue;
    const line = byNumber.get(number);
    if (line === undefined || erasureId === null) throw new RetentionError("not-believed");
    const { customerId, unitId } = line;
    const erasure = await keys.erasure(database, erasureId);
    if (erasure.customerId !== customerId || erasure.unitId !== unitId) throw new RetentionError("not-believed");
    const { state, finalAt, certificateDigest } = erasure;
    if (state !== "final" || finalAt === null) return null;
    const digest = certificateDigest === null ? null : Buffer.from(certificateDigest).toString("hex");
    erased.push({
      erasure: erasureId,
      customer: customerId,
      unit: unitId,
      rule: line.rule,
      periodEnded: line.dueOn,
      finalAt: finalAt.toISOString(),
      certificate: digest,
    });
  }
  return erased;
}

interface Certified {
  readonly run: Run;
  readonly erased: readonly ErasedUnit[];
  readonly at: string;
}

/** Ids, codes, days and times only. GDPR 5(2): that storage limitation (5(1)(e)) was kept to can be shown. */
function certificateOf(
  { ledger }: RetentionContext,
  { rowId, content }: DisposalRow,
  { run, erased, at }: Certified,
): { readonly [key: string]: Json } {
  const { asked, decided, found } = content;
  const byNumber = new Map(run.lines.map((line) => [line.line, line]));
  const unitOf = (number: number): Uuid | null => byNumber.get(number)?.unitId ?? null;
  const left = run.outcomes.filter(({ outcome }) => outcome === "left");
  return {
    v: 1,
    kind: "uberrima.org/disposal-certificate",
    disposal: rowId,
    log: ledger.origin,
    rules: found?.rules ?? null,
    preview: found?.digest ?? null,
    previewedAt: found?.asOf ?? null,
    asked: { by: asked.by, at: asked.at, entry: asked.entry },
    approved: decided === null ? null : { by: decided.by, at: decided.at, entry: decided.entry },
    completedAt: at,
    erased,
    left: left.map(({ line, reason }) => ({ unit: unitOf(line), why: reason })),
    remains: "what each erasure could not reach stands in its own certificate, whose SHA-256 is named here",
  };
}
