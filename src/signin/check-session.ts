// From a session's token to whomever it stands for now: read in one statement, which concurrent checks share, and believed row by row.
import type { Authenticated, CustomerAuthority } from "../access/access.ts";
import type { Row } from "../authority/authority.ts";
import type { Token } from "../kernel/bytes.ts";
import { gathered } from "../kernel/gather.ts";
import { asId } from "../kernel/ids.ts";
import { markSeen, selectSeen } from "./activity-store.ts";
import { maySessionGoOn } from "./customer-standing.ts";
import type { SessionsContext } from "./session-context.ts";
import { SESSION, type SessionContent, signInOf } from "./session-row.ts";
import { type FoundSession, selectSessions } from "./session-store.ts";

/** A live session and whomever it stands for. */
export interface Checked {
  readonly row: Row<SessionContent>;
  readonly found: Authenticated;
}

const SEEN_EVERY_MS = 60_000;

/** Null for whatever is not right. Throws AuthorityError "forged-authority" where what is stored does not verify. */
export function sessionChecks(context: SessionsContext): (digest: Token) => Promise<Checked | null> {
  const read = gathered((digests: readonly Token[]) => selectSessions(context.database, digests));
  return async (digest) => {
    const stored = await read(digest);
    if (stored === null) return null;
    const standing = believed(context, digest, stored) ?? (await readAgain(context, digest));
    return standing === null ? null : inUse(context, standing);
  };
}

/** Whoever a session stands for, without using it; null when it was not used lately or its owner is not in force. */
export async function ownerOf(context: SessionsContext, row: Row<SessionContent>): Promise<Authenticated | null> {
  const standing = await readBeside(context, row);
  return standing === null || isOver(standing, context.clock.now()) ? null : checkedOf(standing).found;
}

interface Standing {
  readonly row: Row<SessionContent>;
  readonly principal: Authenticated;
  /** Of whose owner is a customer. */
  readonly state: CustomerAuthority["state"];
  readonly seenAt: Date;
}

/** Null where anything does not verify, also when it changed while it was on its way, and where the owner is not in force. */
function believed({ authority, access }: SessionsContext, digest: Token, found: FoundSession): Standing | null {
  const { sessionId, ownerId, rows, seenAt, principal: stored, customer } = found;
  const row = authority.believe(SESSION, { ownerId: asId(ownerId), rowId: asId(sessionId) }, rows);
  if (row === null || row.lookup === null || Buffer.compare(row.lookup, digest) !== 0) return null;
  const principal = stored === null ? null : access.believe(stored);
  if (principal === null) return null;
  // INVARIANT: the row is that of the customer whom the principal's own MAC names; the statement joined them by a column.
  const isTheirs = customer !== null && customer.customer_id === principal.customerId;
  const state = isTheirs ? access.believeState(customer) : null;
  if (principal.customerId !== null && state === null) return null;
  return { row, principal, state, seenAt: seenAt ?? new Date(row.content.startedAt) };
}

/** One by one, which says what does not verify. */
async function readAgain(context: SessionsContext, digest: Token): Promise<Standing | null> {
  const row = await context.authority.find(context.database, SESSION, digest);
  return row === null ? null : readBeside(context, row);
}

async function readBeside({ database, access }: SessionsContext, row: Row<SessionContent>): Promise<Standing | null> {
  const [seen, principal] = await Promise.all([selectSeen(database, [row.rowId]), access.reread(row.ownerId)]);
  if (principal === null) return null;
  const { customerId } = principal;
  const state =
    customerId === null ? null : ((await access.authoritiesOf([customerId])).get(customerId)?.state ?? null);
  return { row, principal, state, seenAt: seen.get(row.rowId) ?? new Date(row.content.startedAt) };
}

async function inUse({ database, clock }: SessionsContext, standing: Standing): Promise<Checked | null> {
  const now = clock.now();
  if (isOver(standing, now)) return null;
  const { row, seenAt } = standing;
  if (now.getTime() - seenAt.getTime() >= SEEN_EVERY_MS) await markSeen(database, row.rowId, now);
  return checkedOf(standing);
}

/** Not used lately, or no session of its customer any more: one who died, or who is protected since from whoever may hold it. */
function isOver({ row: { content }, principal, state, seenAt }: Standing, now: Date): boolean {
  if (now.getTime() - seenAt.getTime() >= content.idleSeconds * 1000) return true;
  return principal.customerId !== null && !maySessionGoOn(state, new Date(content.startedAt), now);
}

function checkedOf({ row, principal }: Standing): Checked {
  return { row, found: { ...principal, signIn: signInOf(row) } };
}
