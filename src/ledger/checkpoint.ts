// The text of a checkpoint after C2SP tlog-checkpoint: origin, size, root, and no extension lines.
import { HASH_BYTES } from "./merkle.ts";
import type { TreeHead } from "./merkle.ts";

export function checkpointText(origin: string, head: TreeHead): string {
  return `${origin}\n${head.size}\n${Buffer.from(head.root).toString("base64")}\n`;
}

/** Null unless the text is a checkpoint of `origin`, printed the one way there is. */
export function parseCheckpointText(origin: string, text: string): TreeHead | null {
  const lines = text.split("\n");
  if (lines.length !== 4 || lines[0] !== origin || lines[3] !== "") return null;
  const size = Number(lines[1]);
  const root = Buffer.from(lines[2]!, "base64");
  if (!Number.isSafeInteger(size) || size < 0 || root.length !== HASH_BYTES) return null;
  const head = { size, root };
  return checkpointText(origin, head) === text ? head : null;
}
