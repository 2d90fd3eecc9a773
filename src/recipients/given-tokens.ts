// Tokens that a recipient holds: counted for those who answer for it, and retired, so that what they stood for can be asked about no more.
import type { Actor, AlsoWrite } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { countIssued, deleteIssued, type IssuedCount } from "../tokens/tokens.ts";
import type { RecipientsContext } from "./context.ts";
import { RecipientsError } from "./errors.ts";
import { RECIPIENT } from "./recipient-row.ts";

/** Throws RecipientsError `unknown-recipient`. */
export async function givenTokens(context: RecipientsContext, recipientId: Uuid): Promise<readonly IssuedCount[]> {
  await requireKnown(context, recipientId);
  return countIssued(context.database, recipientId);
}

/**
 * All of one field. The recipient keeps what it was given, which says nothing by itself; here nobody can trace it any longer, nor can a later one be. Throws
 * RecipientsError `unknown-recipient`, AccessError `not-permitted` (recorded).
 */
export async function retireTokens(
  context: RecipientsContext,
  { recipientId, field }: { readonly recipientId: Uuid; readonly field: string },
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await requireKnown(context, recipientId);
  const attempt = { kind: "recipient", action: "recipient.stop", actor, targets: [recipientId], also } as const;
  await context.access.write(attempt, async ({ tx }) => {
    const retired = await deleteIssued(tx, recipientId, field);
    const detail = { retiredTokens: retired, field };
    return { result: null, written: [], recipient: recipientId, ids: [recipientId], detail };
  });
}

async function requireKnown({ authority, database }: RecipientsContext, recipientId: Uuid): Promise<void> {
  const [row] = await authority.live(database, RECIPIENT, recipientId);
  if (row === undefined) throw new RecipientsError("unknown-recipient");
}
