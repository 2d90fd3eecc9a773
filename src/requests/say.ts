// A message to or from the customer, or a comment among those who work on a request.
import type { Authenticated } from "../access/access.ts";
import { asId, newId } from "../kernel/ids.ts";
import type { At, Changing } from "./change-request.ts";
import type { RequestsContext } from "./context.ts";
import { RequestsError } from "./errors.ts";
import { MESSAGE, type MessageContent } from "./request-row.ts";
import { sealWords } from "./sealing.ts";

const MESSAGES_MAX = 200;

/** Sealed before the transaction begins, for sealing waits for the key. Throws RequestsError `too-much`, `no-relationship`. */
export async function messageOf(
  context: RequestsContext,
  asker: Authenticated,
  { customerId, requestId }: At,
  said: { readonly from: MessageContent["from"]; readonly words: string },
): Promise<NonNullable<Changing["message"]>> {
  const rowId = newId();
  const held = await context.authority.live(context.database, MESSAGE, customerId);
  if (held.filter(({ content }) => content.requestId === requestId).length >= MESSAGES_MAX)
    throw new RequestsError("too-much");
  const words = await sealWords(context, { customerId, requestId, part: `message-${rowId}` }, said.words);
  const at = context.clock.now().toISOString();
  return { rowId, content: { requestId: asId(requestId), at, by: asker.principalId, from: said.from, words } };
}
