// Every change of a recipient: its rows under their owner's lock, and the entry that ends the transaction.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import type { LiveRows, RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { CONTRACT } from "./contract-row.ts";
import type { RecipientsContext } from "./context.ts";
import { RecipientsError } from "./errors.ts";
import { KEY } from "./key-row.ts";
import { RECIPIENT_PASSKEY } from "./passkey-row.ts";
import { RECIPIENT, type RecipientRow } from "./recipient-row.ts";

export const READS = [RECIPIENT.kind, CONTRACT.kind, KEY.kind, RECIPIENT_PASSKEY.kind];

export interface Changing {
  readonly recipientId: Uuid;
  readonly action: Action;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
  readonly detail?: { readonly [key: string]: Json };
  /** What was made or changed, for whoever repeats the request. */
  readonly id: Uuid;
  /** Asked within the transaction, before anything is locked: what it refuses is recorded. */
  readonly check?: () => Promise<void>;
  /** `recipient`: null where there is none yet. */
  readonly make: (at: {
    readonly live: LiveRows;
    readonly recipient: RecipientRow | null;
    readonly now: Date;
  }) => readonly RowChange[];
}

/** Throws what `make` throws, AccessError `not-permitted` (recorded), `stale-actor`. */
export async function changeRecipient(
  { access, authority, clock }: RecipientsContext,
  { recipientId, action, actor, also, detail, id, check, make }: Changing,
): Promise<void> {
  const attempt = { kind: "recipient", action, actor, targets: [recipientId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    await check?.();
    const written = await authority.change(tx, {
      ownerId: recipientId,
      act,
      reads: READS,
      make: (live) => {
        const now = clock.now();
        return make({ live, now, recipient: live.of(RECIPIENT, now)[0] ?? null });
      },
    });
    return { result: null, written, recipient: recipientId, ids: [id], ...(detail === undefined ? {} : { detail }) };
  });
}

/** Throws RecipientsError `unknown-recipient`, and `wrong-state` where it is in none of these states. */
export function standing(recipient: RecipientRow | null, ...states: readonly string[]): RecipientRow {
  if (recipient === null) throw new RecipientsError("unknown-recipient");
  if (states.length > 0 && !states.includes(recipient.content.state)) throw new RecipientsError("wrong-state");
  return recipient;
}

/** INVARIANT: who requests cannot approve (architecture, promise 6), as whatever principal of theirs, nor the client through which they act. Throws RecipientsError `own-request`. */
export async function requireOther(
  { areOnePerson }: Pick<RecipientsContext, "areOnePerson">,
  actor: Actor,
  requestedBy: Uuid,
): Promise<void> {
  const askers = [actor.principalId, ...(actor.via === undefined ? [] : [actor.via])];
  for (const one of askers)
    if (one === requestedBy || (await areOnePerson(one, requestedBy))) throw new RecipientsError("own-request");
}
