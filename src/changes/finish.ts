// What waiting changes come to: they take effect, once confirmed and cooled off, through a correction like any other; or they are dropped.
import type { z } from "zod";
import type { Uuid } from "../kernel/bytes.ts";
import { asId, newId } from "../kernel/ids.ts";
import { entryFor, VaultError, type Written } from "../vault/vault.ts";
import { CHANGE, type ChangeContent, changeValues, isConfirmed, isExpired, over } from "./change-row.ts";
import type { AtChange, ChangesContext } from "./context.ts";
import { ChangesError } from "./errors.ts";
import { addressIn, isErased, mayTell, partsOf, TO, useOf, VALUES, withLetter } from "./letter.ts";
import { type AskerNow, askerNow, isForbidden } from "./may-still.ts";
import { changeRow, type Held, takeStep, tell } from "./settle-change.ts";
import { writeRecord } from "./write-record.ts";

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
  if (await isGone(context, at, content)) return drop(context, at, row, "record-gone");
  if (isExpired(content, now)) return drop(context, at, row, "not-confirmed");
  if (isConfirmed(content) && new Date(content.effectiveAt) <= now) await apply(context, at, row);
}

/** INVARIANT: what was to be written into an erased file does not outlive it here. Erased rows stay for a while, under keys that are gone. */
async function isGone(context: ChangesContext, { customerId }: AtChange, content: ChangeContent): Promise<boolean> {
  const { vault } = context;
  if (await isErased(context, customerId)) return true;
  const unit = await vault.loadUnit({ customerId, unitId: asId(content.unitId) });
  if (unit === null || unit.header.status === "erased") return true;
  if (content.expectedRevision === null) return false;
  return (await vault.loadRecords([customerId], { recordId: asId(content.recordId) })).length === 0;
}

async function apply(context: ChangesContext, at: AtChange, row: Held): Promise<void> {
  const asker = await askerNow(context, at.customerId, row.content);
  if (asker === null) return drop(context, at, row, "asker-may-not");
  if (await isForbidden(context, at.customerId, asker, new Date(row.content.askedAt)))
    return drop(context, at, row, "forbidden");
  try {
    const asked = useOf(at, row.content, partsOf(row.content, [TO, VALUES]));
    await context.gate.useWaiting(asked, async (values) => {
      const opened = values.get(VALUES);
      if (opened === undefined) throw new VaultError("erased", "what was to be written is erased");
      const given = changeValues.parse(JSON.parse(opened));
      const to = (await mayTell(context, at, row.content)) ? addressIn(values.get(TO)) : null;
      await write(context, { at, asker, given, to });
    });
  } catch (error) {
    if (!(error instanceof VaultError)) throw error;
    await drop(context, at, row, error.code);
  }
}

interface Applying {
  readonly at: AtChange;
  readonly asker: AskerNow;
  readonly given: z.infer<typeof changeValues>;
  readonly to: string | null;
}

/** One transaction: the record, the end of what waited, the letter, and the entry that names all of it. */
function write(context: ChangesContext, applying: Applying): Promise<void> {
  const { database, ledger, clock } = context;
  const { at, asker, given, to } = applying;
  return database.transaction(async (tx) => {
    const act = newId();
    const now = clock.now();
    const { written: rows, before } = await changeRow(context, tx, { at, act }, (row) => {
      const isDue = isConfirmed(row.content) && new Date(row.content.effectiveAt) <= now;
      if (!isDue) throw new ChangesError("unknown-change");
      return { row: over(row, now, { as: "applied", why: null }) };
    });
    const change = { content: before.content, fields: given.fields, origin: given.origin };
    const written = await writeRecord(context, tx, { customerId: at.customerId, act, ...change });
    await tell(context, tx, { to, of: before }, "change-noticed");
    await ledger.appendIn(tx, [entryOf({ at, act, asker, reason: given.reason, before, written, rows })]);
  });
}

interface Applied {
  readonly at: AtChange;
  readonly act: Uuid;
  readonly asker: AskerNow;
  readonly reason: string | null;
  readonly before: Held;
  readonly written: Written;
  readonly rows: Awaited<ReturnType<typeof changeRow>>["written"];
}

/** The asker's own act, at the revision that was just read: a principal changed meanwhile is looked at anew. */
function entryOf({ at, act, asker, reason, before: { content }, written, rows }: Applied) {
  const actor = {
    actorId: asker.principalId,
    actorRevision: asker.revision,
    purpose: content.purpose,
    basis: content.serves === null ? "role-duty" : "rights-request",
    ...(reason === null ? {} : { note: reason }),
    ...(content.via === null ? {} : { via: asId(content.via) }),
  } as const;
  const kind = content.expectedRevision === null ? "record-create" : "record-correct";
  const draft = entryFor({ entryId: act, kind }, actor, written, {
    detail: { action: "change.finish", change: at.changeId },
  });
  const authority = [...written.authority, ...rows].map((each) => ({ ...each }));
  return { ...draft, detail: { ...draft.detail, authority } };
}

/** Nobody is told of what is erased, nor where a letter might reach the very person whom a protection order keeps away. */
const QUIETLY: ReadonlySet<string> = new Set(["record-gone", "erased", "forbidden"]);

async function drop(context: ChangesContext, at: AtChange, { content }: Held, why: string): Promise<void> {
  const step = (to: string | null): Promise<string> =>
    takeStep(context, {
      at,
      actor: context.access.system,
      action: "change.finish",
      to,
      make: (row) => ({ row: over(row, context.clock.now(), { as: "dropped", why }), result: why }),
      detail: (dropped) => ({ dropped }),
    });
  await (QUIETLY.has(why) ? step(null) : withLetter(context, at, content, step));
}

/** Rows that are over are ended for good, so that they are not looked at again. */
async function sweep({ access, authority }: ChangesContext, customerId: Uuid): Promise<void> {
  const attempt = { kind: "grant", action: "change.finish", actor: access.system, targets: [customerId] } as const;
  await access.write(attempt, async ({ tx, act }) => {
    const written = await authority.change(tx, { ownerId: customerId, act, reads: [], make: () => [] });
    return { result: null, written, customers: [customerId], detail: { swept: true } };
  });
}
