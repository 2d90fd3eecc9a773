// The code by which whoever asked for an erasure has its certificate, also once nothing is left of them to sign in by (docs/decisions/0300).
import { timingSafeEqual } from "node:crypto";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, parseId } from "../kernel/ids.ts";
import { getRequestById } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";

export interface Claimed {
  readonly customerId: Uuid;
  readonly requestId: Uuid;
  /** Those that were done under the request. */
  readonly erasureIds: readonly Uuid[];
}

/** Hangs on a key that is not rotated: it is good for as long as the request's row stands. Nothing of it is stored. */
export function claimCode({ keys }: Pick<RequestsContext, "keys">, requestId: Uuid): string {
  return `${requestId}.${Buffer.from(keys.keyedDigest("erasure-claim", requestId)).toString("base64url")}`;
}

/** Null for whatever is no code of an erasure's: one answer for all of it. */
export async function claimed(context: RequestsContext, code: string): Promise<Claimed | null> {
  const requestId = parseId(code.slice(0, code.indexOf(".")));
  if (requestId === null || !isSame(code, claimCode(context, requestId))) return null;
  const row = await getRequestById(context, requestId);
  if (row === null || row.content.kind !== "erasure") return null;
  const done = row.content.deeds.filter((deed) => deed.do === "erase" && deed.state === "done");
  const erasureIds = done.flatMap(({ resultId }) => (resultId === null ? [] : [asId(resultId)]));
  return { customerId: row.ownerId, requestId, erasureIds };
}

function isSame(one: string, other: string): boolean {
  const [left, right] = [Buffer.from(one), Buffer.from(other)];
  return left.length === right.length && timingSafeEqual(left, right);
}
