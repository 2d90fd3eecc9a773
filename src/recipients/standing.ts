// How a recipient stands at this moment, as the gate asks for it.
import type { Registered } from "../disclosure/disclosure.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { CONTRACT, type ContractRow, isInForce } from "./contract-row.ts";
import type { RecipientsContext } from "./context.ts";
import { RECIPIENT } from "./recipient-row.ts";

export type { Registered };

/**
 * INVARIANT: read anew for every question, in one statement, so that an end counts on the next decision in every process. Null where the rows do not
 * verify, which is reported.
 */
export async function standingOf(
  { authority, database, clock }: RecipientsContext,
  recipientId: Uuid,
): Promise<Registered | null> {
  const types = [RECIPIENT, CONTRACT];
  const live = (await authority.liveOfMany(database, types, [recipientId])).get(recipientId) ?? null;
  const now = clock.now();
  const [recipient] = live?.of(RECIPIENT, now) ?? [];
  if (live === null || recipient === undefined) return null;
  const { type, state } = recipient.content;
  const isActive = state === "active";
  return {
    recipientId,
    revision: live.revision,
    type,
    isVerified: isActive,
    contracts: isActive
      ? live
          .of(CONTRACT, now)
          .filter((row) => isInForce(row, now))
          .map(contractOf)
      : [],
  };
}

function contractOf({ rowId, content }: ContractRow): Registered["contracts"][number] {
  const { kind, purposes, classes, fields, lines, tokens } = content;
  return { contractId: rowId, isMandate: kind === "mandate", purposes, classes, fields, lines, tokens };
}
