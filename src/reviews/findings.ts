// What a line points at, and what it suggests: plain rules over counts, each with its reason.
import type { Access, DescribedPrincipal } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { DATA_CLASSES, type DataClass } from "../kernel/vocabulary.ts";
import type { Usage } from "../ledger/ledger.ts";
import { type Peers, rightsOf } from "./peers.ts";
import type { Population } from "./population.ts";
import type { Line, LineFlag, Narrowing } from "./rows.ts";
import type { Thresholds } from "./thresholds.ts";

export interface Findings {
  readonly flags: LineFlag[];
  readonly conflicts: string[];
  readonly suggestion: Line["suggestion"];
}

export interface Finding {
  readonly thresholds: Thresholds;
  readonly access: Pick<Access, "may">;
  readonly population: Population;
  readonly peers: Peers;
  readonly now: Date;
}

const DAY_MS = 86_400_000;

export function findingsOf(person: DescribedPrincipal, finding: Finding): Findings {
  const usage = finding.population.usage.get(person.principalId);
  const conflicts = conflictsOf(person, usage, finding);
  const flags = [
    ...idleness(person, finding),
    ...(isOrphaned(person, finding.population) ? (["orphaned"] as const) : []),
    ...(conflicts.length > 0 ? (["separation-of-duty"] as const) : []),
    ...(creepOf(person, usage, finding).length > 0 ? (["role-creep"] as const) : []),
    ...signInFlags(person, finding),
    ...(finding.thresholds.privilegedRoles.includes(person.role) ? (["privileged"] as const) : []),
  ];
  return { flags, conflicts, suggestion: suggestionOf(person, usage, { ...finding, flags, conflicts }) };
}

/** An id made by the application tells when: its first 48 bits are milliseconds (RFC 9562 5.7). */
function madeAt(id: Uuid): Date {
  return new Date(Number.parseInt(id.replaceAll("-", "").slice(0, 12), 16));
}

function idleness({ principalId }: DescribedPrincipal, { population, thresholds, now }: Finding): LineFlag[] {
  const usage = population.usage.get(principalId);
  const lastSeconds = usage?.lastAt ?? population.lastActs.get(principalId);
  const daysSince = (at: Date): number => (now.getTime() - at.getTime()) / DAY_MS;
  const days = daysSince(madeAt(principalId));
  if (lastSeconds === undefined) return days >= thresholds.unusedDays ? ["unused"] : [];
  return daysSince(new Date(lastSeconds * 1000)) >= thresholds.dormantDays ? ["dormant"] : [];
}

/** Nobody who made or changed it works here any more, so nobody answers for it. What the server itself made is answered for by the feed behind it. */
function isOrphaned({ principalId }: DescribedPrincipal, { grantors, byId }: Population): boolean {
  const people = [...(grantors.get(principalId) ?? [])].filter((id) => id !== principalId);
  return people.length > 0 && !people.some((id) => byId.get(id)?.status === "active");
}

function conflictsOf(person: DescribedPrincipal, usage: Usage | undefined, { thresholds, access }: Finding): string[] {
  const sees = (usage?.classes.length ?? 0) > 0;
  return thresholds.conflicts
    .filter((rule) =>
      "purposes" in rule
        ? rule.purposes.every((purpose) => person.purposes.includes(purpose))
        : sees && access.may(person, rule.right),
    )
    .map(({ name }) => name);
}

/** Rights that few of the others hold and that were not used. Entities and lines are not counted in the ledger, so that only rarity tells there. */
function creepOf(
  person: DescribedPrincipal,
  usage: Usage | undefined,
  { peers, thresholds }: Pick<Finding, "peers" | "thresholds">,
): string[] {
  if (peers.count < thresholds.peersMin) return [];
  const used = new Set((usage?.purposes ?? []).map((purpose) => `purpose/${purpose}`));
  const kept = new Set(thresholds.keepPurposes.map((purpose) => `purpose/${purpose}`));
  const few = (peers.count * thresholds.creepSharePercent) / 100;
  return rightsOf(person).filter(
    (right) => !used.has(right) && !kept.has(right) && (peers.holders.get(right) ?? 0) < few,
  );
}

function signInFlags({ principalId, kind }: DescribedPrincipal, { population, thresholds }: Finding): LineFlag[] {
  if (kind !== "staff") return [];
  const facts = population.signIns.get(principalId);
  return [
    ...(facts?.hasSecondFactor === true ? [] : (["no-mfa"] as const)),
    ...((facts?.places ?? 0) > thresholds.placesMax ? (["shared"] as const) : []),
  ];
}

interface Suggesting extends Finding {
  readonly flags: readonly LineFlag[];
  readonly conflicts: readonly string[];
}

function suggestionOf(
  person: DescribedPrincipal,
  usage: Usage | undefined,
  suggesting: Suggesting,
): Line["suggestion"] {
  const { flags, conflicts } = suggesting;
  const gone = (["orphaned", "dormant", "unused"] as const).filter((flag) => flags.includes(flag));
  if (gone.length > 0) return { decision: "revoke", narrowTo: null, because: gone };
  const narrowTo = usage === undefined ? null : narrowingOf(person, usage, suggesting);
  const because = [...conflicts.map((name) => `conflict: ${name}`), ...reasonsOf(person, narrowTo)];
  return narrowTo === null
    ? { decision: "approve", narrowTo: null, because }
    : { decision: "narrow", narrowTo, because };
}

/** To what was used, beside what is kept for days that have not come; null where that is everything. */
function narrowingOf(
  person: DescribedPrincipal,
  usage: Usage,
  { thresholds, peers }: Pick<Finding, "thresholds" | "peers">,
): Narrowing | null {
  const wanted = person.purposes.filter(
    (purpose) => usage.purposes.includes(purpose) || thresholds.keepPurposes.includes(purpose),
  );
  const purposes = wanted.length > 0 && wanted.length < person.purposes.length ? wanted : null;
  const classes = narrowedClasses(person.classCeiling, usage.classes);
  const rare = new Set(creepOf(person, usage, { thresholds, peers }));
  const entities = person.entities.filter((entity) => !rare.has(`entity/${entity}`));
  const lines = person.lines.filter((line) => !rare.has(`line/${line}`));
  const narrowing: Narrowing = {
    purposes,
    classes,
    entities: entities.length > 0 && entities.length < person.entities.length ? entities : null,
    lines: lines.length > 0 && lines.length < person.lines.length ? lines : null,
  };
  return Object.values(narrowing).every((part) => part === null) ? null : narrowing;
}

/** Only where classes were used at all: whoever uses none is told apart by purposes. */
function narrowedClasses(ceiling: readonly DataClass[] | null, used: readonly DataClass[]): DataClass[] | null {
  const held = ceiling ?? DATA_CLASSES;
  const kept = held.filter((each) => used.includes(each));
  return kept.length > 0 && kept.length < held.length ? kept : null;
}

function reasonsOf(person: DescribedPrincipal, narrowTo: Narrowing | null): string[] {
  const struck = (held: readonly string[], kept: readonly string[] | null | undefined): string =>
    held.filter((each) => kept?.includes(each) === false).join(", ");
  const parts = [
    ["purposes not used", struck(person.purposes, narrowTo?.purposes)],
    ["data classes not used", struck(person.classCeiling ?? DATA_CLASSES, narrowTo?.classes)],
    ["entities that few of the role have", struck(person.entities, narrowTo?.entities)],
    ["lines that few of the role have", struck(person.lines, narrowTo?.lines)],
  ] as const;
  return parts.filter(([, what]) => what !== "").map(([why, what]) => `${why}: ${what}`);
}
