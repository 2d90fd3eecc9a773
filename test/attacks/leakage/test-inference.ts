// For attacks: names customers from the token tables alone, by counting tokens and by following them from relative to relative.
import type { Uuid } from "../../../src/kernel/bytes.ts";
import type { TokenSeen } from "./test-index-tables.ts";
import { findClusters, type Cluster, type Graph } from "./test-graph.ts";
import type { NameStatistics } from "./test-population.ts";

/** What is known of every schema: which indexes are of a last name and a year, and which are as good as unique. */
export interface IndexesKnown {
  readonly ofNames: readonly string[];
  readonly wide: readonly string[];
}

/** How many groups are looked for: more need more time. */
const VECTORS = process.env["UBERRIMA_FULL"] === undefined ? 6 : 12;
const SHARING_MAX = 20;
const FAMILY_MAX = 30;

/**
 * Groups of customers that the attacker holds to be of one last name each, largest first, nobody in two. Which name that is, it can tell from their
 * order or from knowing a single one of them.
 */
export function groupByRelatives(
  rows: readonly TokenSeen[],
  indexes: IndexesKnown,
  statistics: NameStatistics,
): Uuid[][] {
  const relatives = relativesOf(rows, indexes.wide);
  const grouped = new Set<Uuid>();
  // All tokens of a name together tell most, where they are narrow enough to be shared; each alone tells less and is shared more.
  const views = [indexes.ofNames, ...indexes.ofNames.map((name) => [name])];
  return views.flatMap((view) => {
    const cells = cellsOf(rows, view);
    const linked = relatives.filter(({ left, right }) => cells.has(left) && cells.has(right));
    const clusters = findClusters(graphOf(cells, linked), VECTORS, statistics.years.length);
    return clusters.map((cluster) => membersOf(cluster, cells, linked, grouped));
  });
}

/** More than any family: who hangs together by tokens that chance does not share, from one to the next. */
export function groupByEquality(rows: readonly TokenSeen[], { wide }: IndexesKnown): Uuid[][] {
  const leaders = new Map<Uuid, Uuid>();
  const leaderOf = (customerId: Uuid): Uuid => {
    let leader = customerId;
    for (let next = leaders.get(leader); next !== undefined; next = leaders.get(leader)) leader = next;
    if (leader !== customerId) leaders.set(customerId, leader);
    return leader;
  };
  for (const { left, right } of relativesOf(rows, wide)) {
    const [one, other] = [leaderOf(left), leaderOf(right)];
    if (one !== other) leaders.set(one, other);
  }
  const groups = Map.groupBy(new Set(rows.map(({ customerId }) => customerId)), leaderOf);
  return [...groups.values()].filter(({ length }) => length > FAMILY_MAX);
}

/** By count alone: the customers behind the commonest tokens, where these are clearly commoner than chance makes them. */
export function nameByCounting(
  rows: readonly TokenSeen[],
  indexes: IndexesKnown,
  statistics: NameStatistics,
): Map<Uuid, string> {
  const cells = cellsOf(rows, indexes.ofNames);
  const holders = Map.groupBy(cells.keys(), (customerId) => cells.get(customerId) ?? 0);
  const mean = cells.size / holders.size;
  const clear = [...holders.values()]
    .filter(({ length }) => length > mean + 4 * Math.sqrt(mean) + 4)
    .toSorted((left, right) => right.length - left.length);
  const expected = statistics.lasts
    .slice(0, 200)
    .flatMap((last) => statistics.years.map((year) => ({ name: last.value, share: last.share * year.share })))
    .toSorted((left, right) => right.share - left.share);
  return new Map(clear.flatMap((customers, at) => customers.map((one) => [one, expected[at]?.name ?? ""] as const)));
}

interface Relatives {
  readonly left: Uuid;
  readonly right: Uuid;
  readonly household: number;
}

/** Pairs of customers that share a token which nearly nobody else bears: of one household, or of one last name and four digits. */
function relativesOf(rows: readonly TokenSeen[], wide: readonly string[]): Relatives[] {
  const isWide = new Set(wide);
  const sharing = Map.groupBy(
    rows.filter(({ indexName }) => isWide.has(indexName)),
    ({ indexName, token }) => `${indexName}/${token}`,
  );
  return [...sharing.values()]
    .map((bearers) => [...new Set(bearers.map(({ customerId }) => customerId))])
    .filter(({ length }) => length > 1 && length <= SHARING_MAX)
    .flatMap((group, household) =>
      group.flatMap((left, at) => group.slice(at + 1).map((right) => ({ left, right, household }))),
    );
}

/** Customers by what they bear of these indexes, numbered. */
function cellsOf(rows: readonly TokenSeen[], indexNames: readonly string[]): Map<Uuid, number> {
  const tokens = new Map<Uuid, string>();
  for (const { indexName, token, customerId } of rows) {
    if (!indexNames.includes(indexName)) continue;
    tokens.set(customerId, `${tokens.get(customerId) ?? ""}/${indexName}/${token}`);
  }
  const numbers = new Map<string, number>();
  return new Map(
    [...tokens].map(([customerId, text]) => {
      const number = numbers.get(text) ?? numbers.size;
      numbers.set(text, number);
      return [customerId, number];
    }),
  );
}

function graphOf(cells: ReadonlyMap<Uuid, number>, linked: readonly Relatives[]): Graph {
  const cell = (customerId: Uuid): number => cells.get(customerId) ?? 0;
  return {
    nodes: Math.max(0, ...new Set(cells.values())) + 1,
    from: linked.map(({ left }) => cell(left)),
    to: linked.map(({ right }) => cell(right)),
    household: linked.map(({ household }) => household),
  };
}

/** Those with a relative in the group: one alone may have come there by chance. Notes them as grouped. */
function membersOf(
  { members }: Cluster,
  cells: ReadonlyMap<Uuid, number>,
  linked: readonly Relatives[],
  grouped: Set<Uuid>,
): Uuid[] {
  const within = (customerId: Uuid): boolean => members.has(cells.get(customerId) ?? -1);
  const pairs = linked.filter(({ left, right }) => within(left) && within(right));
  const found = [...new Set(pairs.flatMap(({ left, right }) => [left, right]))].filter((one) => !grouped.has(one));
  for (const one of found) grouped.add(one);
  return found;
}
