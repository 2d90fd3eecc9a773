// Lists clients for those who review access, with their names opened.
import type { Uuid } from "../kernel/bytes.ts";
import type { Querier } from "../postgres/database.ts";
import type { Action } from "./actions.ts";
import { mayDo } from "./administration.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { Principal } from "./principal.ts";
import { openName, type StoredPrincipal } from "./principal-row.ts";
import { selectPendingPrincipals, selectPrincipals } from "./principal-store.ts";
import { listedPrincipal, readPrincipal } from "./read-principal.ts";

const PAGE_MAX = 200;
const SCANNED_MAX = 5000;

export type DescribedPrincipal = Principal & {
  readonly name: string;
  /** Whether it has a static secret. */
  readonly hasSecret: boolean;
};

export interface PrincipalPage {
  readonly principals: readonly DescribedPrincipal[];
  /** Rows that do not verify: listed by id, since a reviewer must see that they are there. */
  readonly unverified: readonly string[];
  /** Where the next page starts; null at the end. */
  readonly next: Uuid | null;
}

/** In order of id. Throws AccessError `too-many` above 200 a page. */
export async function listPrincipals(
  context: AccessContext,
  on: Querier,
  page: { readonly after: Uuid | null; readonly limit: number },
): Promise<PrincipalPage> {
  if (!(page.limit >= 1 && page.limit <= PAGE_MAX)) throw new AccessError("too-many");
  const rows = await selectPrincipals(on, { of: "workers", ...page });
  const read = await Promise.all(
    rows.map(async (row) => ({ row, principal: await listedPrincipal(context, on, row) })),
  );
  const last = rows.length === page.limit ? rows.at(-1) : undefined;
  return {
    principals: read.flatMap(({ principal }) => (principal === null ? [] : [described(context, principal)])),
    unverified: read.flatMap(({ row, principal }) => (principal === null ? [row.principal_id] : [])),
    next: (last?.principal_id as Uuid | undefined) ?? null,
  };
}

/** Everybody in force who may do it, among the first five thousand. */
export async function listHolders(
  context: AccessContext,
  on: Querier,
  action: Action,
): Promise<readonly DescribedPrincipal[]> {
  const found: DescribedPrincipal[] = [];
  let after: Uuid | null = null;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE_MAX) {
    const page: PrincipalPage = await listPrincipals(context, on, { after, limit: PAGE_MAX });
    found.push(...page.principals.filter((one) => one.status === "active" && mayDo(context.rights, one, action)));
    after = page.next;
    if (after === null) break;
  }
  return found;
}

/** Those that wait for a second person; what does not verify waits for nobody. */
export async function listPending(context: AccessContext, on: Querier, limit: number): Promise<Principal[]> {
  const rows = await selectPendingPrincipals(on, Math.min(limit, PAGE_MAX));
  const read = await Promise.all(rows.map((row) => listedPrincipal(context, on, row)));
  return read.flatMap((stored) => (stored === null ? [] : [described(context, stored)]));
}

/** Null when there is none, or when it does not verify. */
export async function describePrincipal(
  context: AccessContext,
  on: Querier,
  principalId: Uuid,
): Promise<DescribedPrincipal | null> {
  const stored = await readPrincipal(context, on, principalId);
  return stored === null ? null : described(context, stored);
}

function described(context: AccessContext, stored: StoredPrincipal): DescribedPrincipal {
  const { secret, name: _name, ...principal } = stored;
  return { ...principal, hasSecret: secret !== null, name: openName(context.keys, stored) };
}
