// For attacks: the leaves of a log as its public tiles give them.
import { tilePath } from "../../../sdk/verify/tile-path.ts";

const TILE_WIDTH = 256;
const LENGTH_BYTES = 2;

/** The first `size` of them. That they give the signed root is for `verifyLog` to show. */
export async function leavesOf(url: string, size: number): Promise<Buffer[]> {
  const leaves: Buffer[] = [];
  for (let number = 0; leaves.length < size; number += 1) {
    const width = Math.min(TILE_WIDTH, size - number * TILE_WIDTH);
    const answer = await fetch(`${url}/log/${tilePath("entries", number, width)}`);
    if (!answer.ok) throw new Error(`a bundle of entries is not served: ${answer.status}`);
    const bytes = Buffer.from(await answer.arrayBuffer());
    for (let at = 0; at < bytes.length;) {
      const end = at + LENGTH_BYTES + bytes.readUInt16BE(at);
      leaves.push(bytes.subarray(at + LENGTH_BYTES, end));
      at = end;
    }
  }
  return leaves;
}
