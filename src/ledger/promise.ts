// Promises: the log's signed word that entries are sequenced. One signature a batch, each entry with its path to the batch's root.
import { lengthPrefixed, u64be } from "../kernel/bytes.ts";
import { hashLeaf, hashNode } from "./merkle.ts";
import type { NoteSigner } from "./note.ts";

/** What a client is handed at release. All base64 is the standard alphabet with padding. */
export interface LedgerPromise {
  readonly origin: string;
  readonly index: number;
  /** The 41 bytes of the leaf. */
  readonly leaf: string;
  /** Whole seconds since the Unix epoch, the same as in the leaf. */
  readonly time: number;
  /** Where the entry stands in the batch. */
  readonly position: number;
  /** Sibling hashes in the batch's RFC 6962 tree, the entry's own sibling first. */
  readonly path: readonly string[];
  /** Signed note of `<origin>/promise` over the batch's size and root. */
  readonly note: string;
}

export interface PromisedLeaf {
  readonly index: number;
  readonly at: number;
  readonly leaf: Uint8Array;
}

const PROMISE_LABEL = "uberrima.org/promise/v1";

export function promiseKeyName(origin: string): string {
  return `${origin}/promise`;
}

/** Signs a batch of committed entries. The caller has seen the commit: a promise is never made before. */
export function promiseBatch(origin: string, signer: NoteSigner, leaves: readonly PromisedLeaf[]): LedgerPromise[] {
  if (leaves.length === 0) return [];
  const { paths, root } = allPaths(leaves.map((leaf) => hashLeaf(promiseEntry(origin, leaf))));
  const note = signer.sign(`${PROMISE_LABEL}\n${origin}\n${leaves.length}\n${root}\n`);
  return leaves.map(({ index, at, leaf }, position) => ({
    origin,
    index,
    leaf: Buffer.from(leaf).toString("base64"),
    time: at,
    position,
    path: paths[position]!,
    note,
  }));
}

function promiseEntry(origin: string, { index, at, leaf }: PromisedLeaf): Buffer {
  return lengthPrefixed(origin, u64be(index), hashLeaf(leaf), u64be(at));
}

/** PATH of every leaf at once: level by level, each position takes its neighbour when it has one, until the root is left. */
function allPaths(leafHashes: readonly Buffer[]): { readonly paths: string[][]; readonly root: string } {
  const paths = leafHashes.map((): string[] => []);
  let level = leafHashes;
  for (let height = 0; level.length > 1; height += 1) {
    const texts = level.map((hash) => hash.toString("base64"));
    paths.forEach((path, position) => {
      const sibling = texts[Math.floor(position / 2 ** height) ^ 1];
      if (sibling !== undefined) path.push(sibling);
    });
    const above: Buffer[] = [];
    for (let at = 0; at < level.length; at += 2) {
      const right = level[at + 1];
      above.push(right === undefined ? level[at]! : hashNode(level[at]!, right));
    }
    level = above;
  }
  return { paths, root: level[0]!.toString("base64") };
}
