// Small groups are not told: neither directly nor by subtraction from a total that the reader knows.
export interface Group {
  readonly values: Readonly<Record<string, string>>;
  readonly count: number;
}

export interface ShownGroup {
  readonly values: Group["values"];
  /** Null where it is suppressed. */
  readonly count: number | null;
}

/**
 * INVARIANT: no count below `smallest` is shown, and what is suppressed is either nothing, or everything, or at least two groups of at least `smallest`
 * together, so that whoever knows the total (an employer does) learns of no small group (45 CFR 164.514(a); domain notes, small-group suppression).
 */
export function suppressed(groups: readonly Group[], smallest: number): ShownGroup[] {
  const ascending = groups.toSorted((left, right) => left.count - right.count);
  let hidden = ascending.filter(({ count }) => count < smallest).length;
  const sum = (): number => ascending.slice(0, hidden).reduce((total, { count }) => total + count, 0);
  while (hidden > 0 && hidden < ascending.length && (hidden < 2 || sum() < smallest)) hidden += 1;
  const secret = new Set(ascending.slice(0, hidden));
  return groups.map((group) => ({ values: group.values, count: secret.has(group) ? null : group.count }));
}

/** How many there are of each combination of values. */
export function counted(rows: readonly Readonly<Record<string, string>>[]): Group[] {
  const groups = Map.groupBy(rows, (row) => JSON.stringify(Object.entries(row).toSorted()));
  return [...groups.values()].map((same) => ({ values: same[0] ?? {}, count: same.length }));
}
