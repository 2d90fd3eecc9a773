// For attacks: finds groups of nodes that are linked among themselves more than chance would have it (Newman's modularity, by power iteration).

export interface Graph {
  readonly nodes: number;
  /** Pairs of nodes; a pair may come more than once. Those of one household have one number. */
  readonly from: readonly number[];
  readonly to: readonly number[];
  readonly household: readonly number[];
}

export interface Cluster {
  readonly members: ReadonlySet<number>;
  /** Of the links kept back for the proof: how many lie within, and how many would by chance. */
  readonly within: number;
  readonly byChance: number;
}

const ROUNDS = 40;
const WITHIN_MIN = 12;
const BEYOND_CHANCE_MIN = 2;
const OVERLAP_MAX = 0.3;
/** One household in so many is kept back, so that a group found by luck is known for one. */
const KEPT_BACK = 3;

/** Largest first. None where no group stands out. */
export function findClusters(graph: Graph, vectors: number, membersMax: number): Cluster[] {
  const seen = prepared(split(graph, (household) => household % KEPT_BACK !== 0));
  const proof = prepared(split(graph, (household) => household % KEPT_BACK === 0));
  const found: Float64Array[] = [];
  const clusters: Cluster[] = [];
  for (let nth = 0; nth < vectors; nth++) {
    const vector = leading(seen, found, nth);
    found.push(vector);
    for (const sign of [1, -1]) {
      const cluster = proven(proof, sweep(seen, sign < 0 ? vector.map((value) => -value) : vector, membersMax));
      if (cluster !== null) clusters.push(cluster);
    }
  }
  const sorted = clusters.toSorted((left, right) => right.within - left.within);
  return sorted.filter((one, at) => !sorted.slice(0, at).some((other) => overlap(one, other) > OVERLAP_MAX));
}

function split({ nodes, from, to, household }: Graph, takes: (household: number) => boolean): Graph {
  const taken = (_end: number, link: number): boolean => takes(household[link] ?? 0);
  return { nodes, from: from.filter(taken), to: to.filter(taken), household: household.filter(takes) };
}

interface Prepared extends Graph {
  readonly degrees: Float64Array;
  readonly neighbours: readonly (readonly number[])[];
}

function prepared(graph: Graph): Prepared {
  const degrees = new Float64Array(graph.nodes);
  const neighbours: number[][] = Array.from({ length: graph.nodes }, () => []);
  graph.from.forEach((left, link) => {
    const right = graph.to[link] ?? 0;
    degrees[left] = (degrees[left] ?? 0) + 1;
    degrees[right] = (degrees[right] ?? 0) + 1;
    if (left === right) return;
    neighbours[left]?.push(right);
    neighbours[right]?.push(left);
  });
  return { ...graph, degrees, neighbours };
}

/** Null for a group that the links kept back do not show. */
function proven({ from, to, degrees }: Prepared, members: ReadonlySet<number>): Cluster | null {
  let within = 0;
  from.forEach((left, link) => {
    const right = to[link] ?? 0;
    if (left !== right && members.has(left) && members.has(right)) within += 1;
  });
  const degree = [...members].reduce((sum, node) => sum + (degrees[node] ?? 0), 0);
  const byChance = degree ** 2 / (4 * from.length);
  return within >= WITHIN_MIN && within >= BEYOND_CHANCE_MIN * byChance ? { members, within, byChance } : null;
}

/** The next eigenvector of the normalised modularity matrix, orthogonal to those found. */
function leading({ nodes, from, to, degrees }: Prepared, found: readonly Float64Array[], seed: number): Float64Array {
  const scale = degrees.map((degree) => 1 / Math.sqrt(degree + 1));
  const ends = 2 * from.length;
  let vector = new Float64Array(nodes).map((_, at) => Math.sin((at + 1) * (seed + 1.37)));
  for (let round = 0; round < ROUNDS; round++) {
    const next = new Float64Array(nodes);
    for (let link = 0; link < from.length; link++) {
      const [left, right] = [from[link] ?? 0, to[link] ?? 0];
      next[left] = (next[left] ?? 0) + (vector[right] ?? 0) * (scale[right] ?? 0);
      next[right] = (next[right] ?? 0) + (vector[left] ?? 0) * (scale[left] ?? 0);
    }
    const mean = vector.reduce((sum, value, at) => sum + value * (scale[at] ?? 0) * (degrees[at] ?? 0), 0) / ends;
    next.forEach((value, at) => (next[at] = (value - (degrees[at] ?? 0) * mean) * (scale[at] ?? 0)));
    for (const other of found) {
      const along = other.reduce((sum, value, at) => sum + value * (next[at] ?? 0), 0);
      next.forEach((value, at) => (next[at] = value - along * (other[at] ?? 0)));
    }
    const length = Math.hypot(1e-300, Math.sqrt(next.reduce((sum, value) => sum + value * value, 0)));
    vector = next.map((value) => value / length);
  }
  return vector;
}

/** The nodes that lie furthest out along a vector, as many as make the clearest group. */
function sweep({ from, degrees, neighbours }: Prepared, vector: Float64Array, membersMax: number): Set<number> {
  const order = [...vector.keys()].toSorted((left, right) => (vector[right] ?? 0) - (vector[left] ?? 0));
  const members = new Set<number>();
  let [within, degree, best, size] = [0, 0, 0, 0];
  for (const node of order.slice(0, membersMax)) {
    for (const other of neighbours[node] ?? []) if (members.has(other)) within += 1;
    members.add(node);
    degree += degrees[node] ?? 0;
    const byChance = degree ** 2 / (4 * from.length);
    const clarity = (within - byChance) / Math.sqrt(byChance + 1);
    if (clarity > best) [best, size] = [clarity, members.size];
  }
  return new Set(order.slice(0, size));
}

function overlap(one: Cluster, other: Cluster): number {
  const shared = [...one.members].filter((node) => other.members.has(node)).length;
  return shared / Math.min(one.members.size, other.members.size);
}
