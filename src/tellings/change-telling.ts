// One change of a telling: its row, what it follows from, its place in the index and the ledger's entry, in one transaction.
import type { Action, Actor, AlsoWrite } from "../access/access.ts";
import { putRow } from "../authority/authority.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Transaction } from "../postgres/database.ts";
import type { Beside, TellingsContext } from "./context.ts";
import { TellingsError } from "./errors.ts";
import { indexTelling } from "./telling-index.ts";
import { isOpen, TELLING, type TellingContent, type TellingRow } from "./telling-row.ts";

export interface ChangingTelling {
  /** As it was read: where it has changed since, nothing is written. */
  readonly row: TellingRow;
  readonly action: Action;
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
  readonly step: string;
  readonly detail?: { readonly [key: string]: Json };
}

/** Those who were told are listed for a year and more; the request and the ledger say it for good. */
const KEPT_MS = 400 * 86_400_000;

/** Throws TellingsError `changed-meanwhile`, AccessError `not-permitted` (recorded), and what `make` and what it follows from throw. */
export async function changeTelling(
  context: TellingsContext,
  changing: ChangingTelling,
  make: (content: TellingContent, tx: Transaction) => TellingContent | Promise<TellingContent>,
): Promise<void> {
  const { access, authority, clock } = context;
  const served = context.served();
  const { row, action, actor, also, step, detail = {} } = changing;
  const { ownerId, rowId } = row;
  const attempt = { kind: "right", action, actor, targets: [ownerId], also } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const now = clock.now();
    const after: { content: TellingContent; beside: Beside | null }[] = [];
    const written = await authority.change(tx, {
      ownerId,
      act,
      reads: [TELLING.kind, ...served.reads],
      make: async (live) => {
        const current = live.get(TELLING, rowId, now);
        if (current === null || current.revision !== row.revision) throw new TellingsError("changed-meanwhile");
        const content = await make(current.content, tx);
        const { told } = content;
        const isFirst = told !== null && isOpen(current.content) && current.content.sentAt === null;
        const beside = isFirst ? served.beside(live, { ...content, tellingId: rowId, told }) : null;
        after.push({ content, beside });
        const endsAt = told === null ? null : new Date(now.getTime() + KEPT_MS);
        return [putRow(TELLING, { ...current, endsAt, content }), ...(beside?.rows ?? [])];
      },
    });
    for (const { content, beside } of after) {
      await indexTelling(tx, { tellingId: rowId, customerId: ownerId, revision: row.revision + 1, content }, now);
      await beside?.index(tx);
    }
    const recipientId = row.content.recipient?.recipientId ?? null;
    return {
      result: null,
      written,
      customers: [ownerId],
      ...(recipientId === null ? {} : { recipient: recipientId as typeof ownerId }),
      detail: { telling: rowId, of: row.content.of, serves: row.content.servesId, step, ...detail },
      ids: [rowId],
    };
  });
}
