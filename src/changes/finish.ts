// What waiting changes come to: they take effect, once confirmed and cooled off, through a correction like any other; or they are dropped.
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { entryFor, VaultError, type Written } from "../vault/vault.ts";
import { CHANGE, isConfirmed, isExpired, over } from "./change-row.ts";
import type { AtChange, ChangesContext } from "./context.ts";
import { ChangesError } from "./errors.ts";
import { givenChange } from "./given-change.ts";
import { changeRow, type Held, takeStep, tell } from "./settle-change.ts";

const PAGE = 100;

/** For the background; safe to run in several processes at once. */
export async function finishChanges(context: ChangesContext, signal?: AbortSignal): Promise<void> {
  let after: Uuid | null = null;
  do {
    const page: Awaited<ReturnType<typeof pageOf>> = await pageOf(context, after);
    for (const row of page.rows) {
      if (signal?.aborted === true) return;
      try {
        await finish(context, row);
      } catch (error) {
        // Another process came first, or it was stopped meanwhile.
        if (!(error instanceof ChangesError && error.code === "unknown-change")) context.onFailure(error);
      }
    }
    after = page.next;
  } while (after !== null);
}

function pageOf({ authority, database }: ChangesContext, after: Uuid | null) {
  return authority.page(database, CHANGE, { state: "live", after, limit: PAGE });
}

async function finish(context: ChangesContext, row: Held): Promise<void> {
  const now = context.clock.now();
  const { content, ownerId: customerId, rowId: changeId } = row;
  const at = { customerId, changeId };
  if (row.endsAt !== null) return sweep(context, customerId);
  if (isExpired(content, now)) return drop(context, at, "not-confirmed");
  if (await isGone(context, customerId, asId(content.recordId))) return drop(context, at, "record-gone");
  if (isConfirmed(content) && new Date(content.effectiveAt) <= now) await apply(context, at, row);
}

/** INVARIANT: what was to be written into an erased file does not outlive it here. Erased rows stay for a while, under keys that are gone. */
async function isGone({ access, vault }: ChangesContext, customerId: Uuid, recordId: Uuid): Promise<boolean> {
  const state = (await access.authoritiesOf([customerId])).get(customerId)?.state;
  return state?.status === "erased" || (await vault.loadRecords([customerId], { recordId })).length === 0;
}

async function apply(context: ChangesContext, at: AtChange, row: Held): Promise<void> {
  const asker = await context.access.reread(asId(row.content.askedBy));
  if (asker === null || !context.access.may(asker, "customer.correct")) return drop(context, at, "asker-may-not");
  try {
    await correct(context, at, asker);
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    await drop(context, at, error.code);
  }
}

/** One transaction: the correction, the end of what waited, the letter, and the entry that names all of it. */
function correct(context: ChangesContext, at: AtChange, asker: Authenticated): Promise<void> {
  const { database, vault, ledger, clock } = context;
  return database.transaction(async (tx) => {
    const act = newId();
    const now = clock.now();
    const { written: rows, before } = await changeRow(context, tx, { at, act }, (row) => {
      const isDue = isConfirmed(row.content) && new Date(row.content.effectiveAt) <= now;
      if (!isDue) throw new ChangesError("unknown-change");
      return { row: over(row, now) };
    });
    const { content } = before;
    const { results, written } = await vault.correctMany(tx, act, [
      {
        customerId: at.customerId,
        recordId: asId(content.recordId),
        expectedRevision: content.expectedRevision,
        evenIfSame: true,
        ...givenChange(vault, content.recordType, content.fields),
      },
    ]);
    if (results[0]?.isNothing !== false) throw new VaultError("stale", "nothing in this change is new");
    await tell(context, tx, before, "change-noticed");
    await ledger.appendIn(tx, [entryOf({ at, act, asker, before, written, rows })]);
  });
}

interface Applied {
  readonly at: AtChange;
  readonly act: Uuid;
  readonly asker: Authenticated;
  readonly before: Held;
  readonly written: Written;
  readonly rows: Awaited<ReturnType<typeof changeRow>>["written"];
}

/** The asker's own act, at the revision that was just read: a principal changed meanwhile is looked at anew. */
function entryOf({ at, act, asker, before: { content }, written, rows }: Applied) {
  const actor = {
    actorId: asker.principalId,
    actorRevision: asker.revision,
    purpose: content.purpose,
    basis: "role-duty",
    note: content.reason,
    ...(content.via === null ? {} : { via: asId(content.via) }),
  } as const;
  const draft = entryFor({ entryId: act, kind: "record-correct" }, actor, written, {
    detail: { action: "change.finish", change: at.changeId },
  });
  const authority = [...written.authority, ...rows].map((each) => ({ ...each }));
  return { ...draft, detail: { ...draft.detail, authority } };
}

async function drop(context: ChangesContext, at: AtChange, why: string): Promise<void> {
  await takeStep(context, {
    at,
    actor: context.access.system,
    action: "change.finish",
    isQuiet: why === "record-gone",
    make: (row) => ({ row: over(row, context.clock.now()), result: why }),
    detail: (dropped) => ({ dropped }),
  });
}

/** Rows that are over are ended for good, so that they are not looked at again. */
async function sweep({ access, authority }: ChangesContext, customerId: Uuid): Promise<void> {
  const attempt = { kind: "grant", action: "change.finish", actor: access.system, targets: [customerId] } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, { ownerId: customerId, act, reads: [], make: () => [] });
    return { result: null, written, customers: [customerId], detail: { swept: true } };
  });
}
