// Catastrophe modes: requested by one, approved by another, ended by time. They widen the ceilings of volume of some roles and nothing else.
import { AccessError, type Actor, type AlsoWrite } from "../access/access.ts";
import { putRow, type Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import type { Transaction } from "../postgres/database.ts";
import type { WatchContext } from "./context.ts";
import { WatchError } from "./errors.ts";
import { CATASTROPHE, type Catastrophe, CATASTROPHES } from "./rows.ts";

const DAY_MS = 86_400_000;
const MODES_MAX = 50;

export interface CatastropheView extends Catastrophe {
  readonly catastropheId: Uuid;
  readonly endsAt: Date;
}

export interface CatastropheRequest {
  readonly reason: string;
  readonly roles: readonly Role[];
  readonly endsAt: Date;
}

/** Widens nothing yet. Throws WatchError `bad-period`, `too-many`. */
export async function requestCatastrophe(
  context: WatchContext,
  asked: CatastropheRequest,
  actor: Actor,
  also?: AlsoWrite,
): Promise<CatastropheView> {
  const { clock, rules } = context;
  const now = clock.now();
  const lengthMs = asked.endsAt.getTime() - now.getTime();
  if (lengthMs <= 0 || lengthMs > rules.catastrophe.daysMax * DAY_MS) throw new WatchError("bad-period");
  const content: Catastrophe = {
    reason: asked.reason,
    roles: [...new Set(asked.roles)],
    requestedBy: actor.principalId,
    requestedAt: now.toISOString(),
    approvedBy: null,
    approvedAt: null,
  };
  const catastropheId = newId();
  await write(context, { action: "catastrophe.request", actor, also }, (rows) => {
    if (rows.length >= MODES_MAX) throw new WatchError("too-many");
    return { put: { rowId: catastropheId, endsAt: asked.endsAt, content } };
  });
  return { catastropheId, endsAt: asked.endsAt, ...content };
}

/** Throws WatchError `unknown-catastrophe`, `wrong-state`; AccessError `own-authority` (recorded) for whoever requested it. */
export async function approveCatastrophe(
  context: WatchContext,
  catastropheId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<CatastropheView> {
  let approved: CatastropheView | null = null;
  await write(context, { action: "catastrophe.approve", actor, also }, async (rows, tx) => {
    const { rowId, content, endsAt } = rowOf(rows, catastropheId);
    // INVARIANT: who requests does not approve.
    if (await context.access.isActor(tx, actor, [content.requestedBy])) throw new AccessError("own-authority");
    if (content.approvedBy !== null) throw new WatchError("wrong-state");
    const changed = { ...content, approvedBy: actor.principalId, approvedAt: context.clock.now().toISOString() };
    approved = { catastropheId, endsAt: endsAt ?? new Date(0), ...changed };
    return { put: { rowId, endsAt, content: changed } };
  });
  if (approved === null) throw new WatchError("unknown-catastrophe");
  return approved;
}

/** Throws WatchError `unknown-catastrophe`. */
export async function endCatastrophe(
  context: WatchContext,
  catastropheId: Uuid,
  actor: Actor,
  also?: AlsoWrite,
): Promise<void> {
  await write(context, { action: "catastrophe.end", actor, also }, (rows) => ({
    end: rowOf(rows, catastropheId).rowId,
  }));
}

/** Those in force or waiting. The caller checks `catastrophe.list`. */
export async function listCatastrophes({
  authority,
  database,
}: Pick<WatchContext, "authority" | "database">): Promise<CatastropheView[]> {
  const rows = await authority.live(database, CATASTROPHE, CATASTROPHES);
  return rows.map(({ rowId, endsAt, content }) => ({
    catastropheId: rowId,
    endsAt: endsAt ?? new Date(0),
    ...content,
  }));
}

type Change =
  | { readonly put: { readonly rowId: Uuid; readonly endsAt: Date | null; readonly content: Catastrophe } }
  | { readonly end: Uuid };

interface By {
  readonly action: "catastrophe.request" | "catastrophe.approve" | "catastrophe.end";
  readonly actor: Actor;
  readonly also?: AlsoWrite | undefined;
}

async function write(
  { access, authority, clock }: WatchContext,
  by: By,
  change: (rows: readonly Row<Catastrophe>[], tx: Transaction) => Change | Promise<Change>,
): Promise<void> {
  await access.write({ kind: "grant", targets: [], ...by }, async ({ tx, act }) => {
    let id: Uuid | null = null;
    const written = await authority.change(tx, {
      ownerId: CATASTROPHES,
      act,
      reads: [CATASTROPHE.kind],
      make: async (live) => {
        const made = await change(live.of(CATASTROPHE, clock.now()), tx);
        id = "end" in made ? made.end : made.put.rowId;
        return ["end" in made ? made : putRow(CATASTROPHE, made.put)];
      },
    });
    return { result: null, written, detail: { catastrophe: id }, ...(id === null ? {} : { ids: [id] }) };
  });
}

function rowOf(rows: readonly Row<Catastrophe>[], catastropheId: Uuid): Row<Catastrophe> {
  const found = rows.find(({ rowId }) => rowId === catastropheId);
  if (found === undefined) throw new WatchError("unknown-catastrophe");
  return found;
}
