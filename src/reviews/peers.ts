// What the others of a role have and do, so that somebody can be seen beside them.
import type { DescribedPrincipal } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { Usage } from "../ledger/ledger.ts";

export interface Peers {
  /** Everybody in the role. */
  readonly count: number;
  readonly actsMedian: number;
  readonly customersMedian: number;
  /** How many of them hold a right, by `purpose/...`, `entity/...`, `line/...`. */
  readonly holders: ReadonlyMap<string, number>;
}

export function peersByRole(
  people: readonly DescribedPrincipal[],
  usage: ReadonlyMap<Uuid, Usage>,
): ReadonlyMap<Role, Peers> {
  const byRole = Map.groupBy(people, ({ role }) => role);
  return new Map([...byRole].map(([role, members]) => [role, peersOf(members, usage)]));
}

function peersOf(members: readonly DescribedPrincipal[], usage: ReadonlyMap<Uuid, Usage>): Peers {
  const holders = new Map<string, number>();
  for (const right of members.flatMap(rightsOf)) holders.set(right, (holders.get(right) ?? 0) + 1);
  const used = members.map(({ principalId }) => usage.get(principalId));
  return {
    count: members.length,
    actsMedian: median(used.map((each) => each?.entries ?? 0)),
    customersMedian: median(used.map((each) => each?.customers ?? 0)),
    holders,
  };
}

export function rightsOf({ purposes, entities, lines }: DescribedPrincipal): string[] {
  return [
    ...purposes.map((purpose) => `purpose/${purpose}`),
    ...entities.map((entity) => `entity/${entity}`),
    ...lines.map((line) => `line/${line}`),
  ];
}

function median(values: readonly number[]): number {
  const inOrder = values.toSorted((left, right) => left - right);
  const middle = Math.floor(inOrder.length / 2);
  if (inOrder.length === 0) return 0;
  return inOrder.length % 2 === 1 ? inOrder[middle]! : (inOrder[middle - 1]! + inOrder[middle]!) / 2;
}
