// What forbids an erasure: holds, open claims and investigations, and what the law says must be kept; each with its citation and its end.
import type { Uuid } from "../kernel/bytes.ts";
import type { UnitHeader } from "../vault/vault.ts";
import type { RetentionContext } from "./context.ts";
import { RetentionError } from "./errors.ts";
import type { Obstacle } from "./obstacle.ts";
import { dutiesOn, endOf, zonesOf } from "./periods.ts";
import { timesOf } from "./moments.ts";

export interface ErasurePlace {
  readonly customerId: Uuid;
  /** Null: everything of the customer. */
  readonly unitId: Uuid | null;
}

export interface Judged {
  readonly obstacles: readonly Obstacle[];
  /** Units that are asked about and not yet erased. */
  readonly units: readonly UnitHeader[];
  /** The customer's revision that this was judged at: whatever is changed afterwards makes it stale. */
  readonly revision: number;
  /** Units that the customer has besides those asked about, and not yet erased. */
  readonly others: number;
}

/** Reads no record, however many there are. Throws RetentionError `unknown-customer`, `unknown-unit`, `not-believed`. */
export async function judgeErasure(context: RetentionContext, place: ErasurePlace): Promise<Judged> {
  const { access, vault } = context;
  const { customerId, unitId } = place;
  const authority = (await access.authoritiesOf([customerId])).get(customerId);
  if (authority === undefined) throw new RetentionError("unknown-customer");
  const { state, revision } = authority;
  if (state === null) throw new RetentionError("not-believed");
  const all = await vault.loadHeaders(customerId);
  const asked = all.filter((unit) => unitId === null || unit.unitId === unitId);
  if (unitId !== null && asked.length === 0) throw new RetentionError("unknown-unit");
  const units = asked.filter(({ status }) => status !== "erased");
  const holds = (state.holds ?? []).filter((hold) => unitId === null || hold.unitId === null || hold.unitId === unitId);
  const obstacles = [
    ...holds.map(({ holdId, unitId: held }) => ({ ...ofGround(context, "legal-hold", held), holdId })),
    ...units.flatMap((unit) => openOf(context, unit)),
    ...(await dutiesOf(context, units)),
  ];
  const others = all.filter(({ status }) => status !== "erased").length - units.length;
  return { obstacles, units, revision, others };
}

type Ground = "legal-hold" | "open-claim" | "open-investigation";

function ofGround({ rules }: RetentionContext, kind: Ground, unitId: Uuid | null): Obstacle {
  return { kind, unitId, holdId: null, duty: null, ...rules.grounds[kind], until: null };
}

function openOf(context: RetentionContext, { kind, status, unitId }: UnitHeader): Obstacle[] {
  if (status !== "open") return [];
  if (kind === "claim") return [ofGround(context, "open-claim", unitId)];
  return kind === "investigation" ? [ofGround(context, "open-investigation", unitId)] : [];
}

async function dutiesOf(context: RetentionContext, units: readonly UnitHeader[]): Promise<Obstacle[]> {
  const { rules, clock, jurisdictionOf } = context;
  const under = units.flatMap((unit) =>
    dutiesOn(rules, unit, jurisdictionOf(unit.entity)).map((duty) => ({ unit, duty })),
  );
  const closed = under.filter(({ unit }) => unit.status === "closed");
  const acts = closed.map(({ unit }) => unit.act);
  const times = timesOf(await context.ledger.openedById(acts));
  return under.flatMap(({ unit, duty }) => {
    const closedAt = unit.status === "closed" ? times.get(unit.act) : undefined;
    const zones = zonesOf(rules.zones, jurisdictionOf(unit.entity));
    const end = closedAt === undefined ? null : endOf(closedAt, duty, zones, clock.now());
    if (end?.isOver === true) return [];
    const until = end?.until ?? null;
    const { id, citation, confidence, confirmed } = duty;
    const { unitId } = unit;
    return [
      { kind: "retention-duty", unitId, holdId: null, duty: id, citation, confidence, confirmed, until },
    ] as const;
  });
}
