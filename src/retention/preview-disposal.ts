// Makes the preview of a disposal, in the background: every unit is judged, what falls due is listed, and all of it stands under one digest.
import type { Uuid } from "../kernel/bytes.ts";
import type { RetentionContext } from "./context.ts";
import { digestOf } from "./disposal-lines.ts";
import type { DisposalRow, Found } from "./disposal-row.ts";
import { deleteProgress, insertLines, type Line, putProgress } from "./disposal-store.ts";
import { changeDisposal } from "./disposals.ts";
import { RetentionError } from "./errors.ts";
import { judgeCustomers } from "./judge-customers.ts";
import type { JudgedUnit } from "./judged.ts";

/** Never more in one run: a mistake in the rules costs that much, and no more. */
export const RUN_UNITS_MAX = 5000;
/** Of what stays and what cannot be judged; counted all the same. */
const LISTED_MAX = 5000;
const CUSTOMERS_A_PAGE = 500;

/** Begins anew after a crash: a preview changes nothing. Throws when aborted. */
export async function makePreview(
  context: RetentionContext,
  { rowId: disposalId }: DisposalRow,
  signal: AbortSignal,
): Promise<void> {
  const { database, vault, clock, access, rules } = context;
  const asOf = clock.now();
  const gathered = gathering();
  const total = await vault.countUnits();
  let after: Uuid | null = null;
  do {
    signal.throwIfAborted();
    const page: Awaited<ReturnType<typeof vault.unitsAfter>> = await vault.unitsAfter(after, CUSTOMERS_A_PAGE);
    for (const { units } of await judgeCustomers(context, page.customers)) for (const unit of units) gathered.add(unit);
    await putProgress(database, disposalId, gathered.judged(), Math.max(total, gathered.judged()));
    after = page.next;
  } while (after !== null);
  const { lines, counts } = gathered.result();
  const found: Found = {
    ...counts,
    digest: digestOf(disposalId, lines),
    rules: rules.digest,
    asOf: asOf.toISOString(),
  };
  const { judged, due, dueBeyond, blocked, unjudged, digest } = found;
  const detail = { digest, judged, due, dueBeyond, blocked, unjudged };
  const also = async (tx: Parameters<typeof insertLines>[0]): Promise<void> => {
    await insertLines(tx, disposalId, lines);
    await deleteProgress(tx, disposalId);
  };
  await changeDisposal(context, { disposalId, action: "disposal.run", actor: access.system, also, detail }, (held) => {
    // Withdrawn meanwhile, or made by another process.
    if (held.state !== "previewing") throw new RetentionError("wrong-state");
    return { ...held, state: "previewed", found };
  });
}

type Counts = Omit<Found, "digest" | "rules" | "asOf">;

function gathering() {
  const [due, kept]: [JudgedUnit[], JudgedUnit[]] = [[], []];
  const tally = { judged: 0, open: 0, notYet: 0, due: 0, blocked: 0, unjudged: 0 };
  const [dueBy, blockedBy, unjudgedBy, comingBy] = [1, 2, 3, 4].map(() => new Map<string, number>()) as [
    Tally,
    Tally,
    Tally,
    Tally,
  ];
  return {
    judged: (): number => tally.judged,
    add(unit: JudgedUnit): void {
      const { verdict, block, header } = unit;
      tally.judged += 1;
      if (verdict.is === "open") tally.open += 1;
      else if (verdict.is === "not-yet") {
        tally.notYet += 1;
        count(comingBy, verdict.longest.until?.slice(0, 4) ?? "");
      } else if (verdict.is === "unjudged") {
        tally.unjudged += 1;
        count(unjudgedBy, verdict.why);
        if (kept.length < LISTED_MAX) kept.push(unit);
      } else if (block !== null) {
        tally.blocked += 1;
        count(blockedBy, block);
        if (kept.length < LISTED_MAX) kept.push(unit);
      } else {
        tally.due += 1;
        count(dueBy, `${header.kind}/${header.line}`);
        due.push(unit);
        if (due.length >= 2 * RUN_UNITS_MAX) keepOldest(due);
      }
    },
    result(): { readonly lines: readonly Line[]; readonly counts: Counts } {
      keepOldest(due);
      const lines = [...due, ...kept].map(lineOf);
      const counts = {
        ...tally,
        due: due.length,
        dueBeyond: tally.due - due.length,
        dueBy: counted(dueBy),
        blockedBy: counted(blockedBy),
        unjudgedBy: counted(unjudgedBy),
        comingBy: counted(comingBy),
      };
      return { lines, counts };
    },
  };
}

type Tally = Map<string, number>;

function count(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

function counted(tally: Tally): Found["dueBy"] {
  return [...tally]
    .map(([name, held]) => ({ name, count: held }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

/** What fell due first goes first; one after another of a day, by id, so that the same data give the same lines. */
function keepOldest(due: JudgedUnit[]): void {
  due.sort((one, other) => {
    const [mine, its] = [`${dayOf(one)} ${one.header.unitId}`, `${dayOf(other)} ${other.header.unitId}`];
    return mine < its ? -1 : 1;
  });
  due.length = Math.min(due.length, RUN_UNITS_MAX);
}

function dayOf({ verdict }: JudgedUnit): string {
  return verdict.is === "due" ? (verdict.longest.until ?? "") : "";
}

function lineOf({ header, verdict, block }: JudgedUnit, line: number): Line {
  const { customerId, unitId, kind, entity, line: business } = header;
  const by = verdict.is === "unjudged" ? verdict.by : verdict.is === "open" ? null : verdict.longest;
  return {
    line,
    verdict: verdict.is === "unjudged" ? "unjudged" : block === null ? "due" : "blocked",
    customerId,
    unitId,
    kind,
    entity,
    business,
    rule: by?.rule ?? null,
    source: by?.source ?? null,
    dueOn: by?.until ?? null,
    reason: verdict.is === "unjudged" ? verdict.why : block,
  };
}
