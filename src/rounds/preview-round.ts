// Makes the preview of a round, in the background: every customer is looked at, whom it is due to is listed, and all of it stands under one digest.
import type { Uuid } from "../kernel/bytes.ts";
import { groundOf, type NoticeRule, versionInForce } from "../notices/notices.ts";
import { changeRound, ruleOf } from "./acts.ts";
import type { RoundsContext } from "./context.ts";
import { RoundError } from "./errors.ts";
import { type DueCustomer, judgeDue } from "./judge-due.ts";
import { digestOf } from "./round-lines.ts";
import type { Found, RoundRow } from "./round-row.ts";
import { deleteProgress, insertLines, type Line, putProgress } from "./round-store.ts";

/** Never more in one round: a mistake in the rules costs that much paper, and no more. */
export const ROUND_CUSTOMERS_MAX = 10_000;
/** Of those that are not written to; counted all the same. */
const LISTED_MAX = 5000;
const CUSTOMERS_A_PAGE = 500;

/** Begins anew after a crash: a preview changes nothing. Throws when aborted. */
export async function makePreview(context: RoundsContext, row: RoundRow, signal: AbortSignal): Promise<void> {
  const { database, vault, clock, access } = context;
  const roundId = row.rowId;
  const { notice } = row.content;
  const rule = ruleOf(context, notice);
  const asOf = clock.now();
  const gathered = gathering(rule);
  const total = await vault.countUnits();
  let units = 0;
  let after: Uuid | null = null;
  do {
    signal.throwIfAborted();
    const page: Awaited<ReturnType<typeof vault.unitsAfter>> = await vault.unitsAfter(after, CUSTOMERS_A_PAGE);
    for (const one of await judgeDue(context, rule, page.customers)) gathered.add(one);
    gathered.looked(page.customers.size);
    for (const own of page.customers.values()) units += own.length;
    await putProgress(database, roundId, units, Math.max(total, units));
    after = page.next;
  } while (after !== null);
  const { lines, counts } = gathered.result();
  const { version } = versionInForce(rule, asOf);
  const digest = digestOf(roundId, { notice, version }, lines);
  const found: Found = { ...counts, digest, version, asOf: asOf.toISOString() };
  const { judged, due, dueBeyond, blocked } = found;
  const detail = { notice, version, digest, judged, due, dueBeyond, blocked };
  const also = async (tx: Parameters<typeof insertLines>[0]): Promise<void> => {
    await insertLines(tx, roundId, lines);
    await deleteProgress(tx, roundId);
  };
  await changeRound(context, { roundId, action: "notice-round.run", actor: access.system, also, detail }, (held) => {
    // Withdrawn meanwhile, or made by another process.
    if (held.state !== "previewing") throw new RoundError("wrong-state");
    return { ...held, state: "previewed", found };
  });
}

type Counts = Omit<Found, "digest" | "version" | "asOf">;
type Tally = Map<string, number>;

function gathering(rule: NoticeRule) {
  const [due, kept]: [DueCustomer[], DueCustomer[]] = [[], []];
  const tally = { judged: 0, dueBeyond: 0, blocked: 0, protected: 0 };
  const [byWhy, byLaw, byChannel, byLanguage, blockedBy] = [1, 2, 3, 4, 5].map((): Tally => new Map()) as [
    Tally,
    Tally,
    Tally,
    Tally,
    Tally,
  ];
  return {
    looked: (customers: number): void => void (tally.judged += customers),
    add(one: DueCustomer): void {
      if (one.block !== null) {
        tally.blocked += 1;
        count(blockedBy, one.block);
        if (kept.length < LISTED_MAX) kept.push(one);
      } else if (due.length >= ROUND_CUSTOMERS_MAX) tally.dueBeyond += 1;
      else {
        due.push(one);
        if (one.isProtected) tally.protected += 1;
        count(byWhy, one.why);
        count(byLaw, groundOf(rule, one.why).citation);
        count(byChannel, one.channel);
        count(byLanguage, one.language);
      }
    },
    result: (): { readonly lines: readonly Line[]; readonly counts: Counts } => ({
      lines: [...due, ...kept].map(lineOf),
      counts: {
        ...tally,
        due: due.length,
        byWhy: counted(byWhy),
        byLaw: counted(byLaw),
        byChannel: counted(byChannel),
        byLanguage: counted(byLanguage),
        blockedBy: counted(blockedBy),
      },
    }),
  };
}

function count(tally: Tally, name: string): void {
  tally.set(name, (tally.get(name) ?? 0) + 1);
}

export function counted(tally: ReadonlyMap<string, number>): Found["byWhy"] {
  return [...tally]
    .map(([name, held]) => ({ name, count: held }))
    .toSorted((one, other) => (one.name < other.name ? -1 : 1));
}

function lineOf({ customerId, why, channel, language, block }: DueCustomer, line: number): Line {
  return { line, verdict: block === null ? "due" : "blocked", customerId, why, channel, language, reason: block };
}
