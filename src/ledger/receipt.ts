// A receipt: a C2SP tlog-proof whose extra line carries the leaf, so that it verifies from the file and the log's key alone.

export interface ReceiptParts {
  readonly index: number;
  readonly leaf: Uint8Array;
  /** Sibling hashes, the leaf's first. */
  readonly path: readonly Uint8Array[];
  /** The signed checkpoint, verbatim. */
  readonly checkpoint: string;
}

export function receiptText(parts: ReceiptParts): string {
  const hashes = parts.path.map((step) => `${base64(step)}\n`).join("");
  return `c2sp.org/tlog-proof@v1\nextra ${base64(parts.leaf)}\nindex ${parts.index}\n${hashes}\n${parts.checkpoint}`;
}

function base64(bytes: Uint8Array): string {
  return Buffer.from(bytes).toString("base64");
}
