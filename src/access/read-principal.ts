// Reads one principal and trusts nothing that came back: MAC first, then no revision older than one this process has seen.
import type { Uuid } from "../kernel/bytes.ts";
import { asId } from "../kernel/ids.ts";
import type { Querier } from "../postgres/database.ts";
import type { AccessContext } from "./context.ts";
import { verifiedPrincipal, type PrincipalRow, type StoredPrincipal } from "./principal-row.ts";
import { selectPrincipal } from "./principal-store.ts";

type ReadContext = Pick<AccessContext, "keys" | "seenPrincipals" | "verifiedPrincipals" | "report">;

/** Null when there is none, or when what stands there is forged or rolled back, which is reported. */
export async function readPrincipal(
  context: ReadContext,
  on: Querier,
  principalId: Uuid,
): Promise<StoredPrincipal | null> {
  for (const isLastTry of [false, true]) {
    const row = await selectPrincipal(on, principalId);
    if (row === null) return null;
    const principal = trustedPrincipal(context, row, isLastTry);
    if (principal !== "older") return principal;
    // A change committed while this row was on its way makes it look rolled back: read once more before saying so.
  }
  return null;
}

/** The same for a row read under a lock, which no change can overtake. */
export function lockedPrincipal(context: ReadContext, row: PrincipalRow): StoredPrincipal | null {
  const principal = trustedPrincipal(context, row, true);
  return principal === "older" ? null : principal;
}

/** The same for a row of a list, which a change may have overtaken: such a row is read again. */
export async function listedPrincipal(
  context: ReadContext,
  on: Querier,
  row: PrincipalRow,
): Promise<StoredPrincipal | null> {
  const principal = trustedPrincipal(context, row, false);
  return principal === "older" ? readPrincipal(context, on, asId(row.principal_id)) : principal;
}

/** The same for a row that another statement read beside its own; null, and no report, for whatever is to be read again by itself. */
export function believedPrincipal(context: ReadContext, row: PrincipalRow): StoredPrincipal | null {
  const principal = trustedPrincipal({ ...context, report: () => {} }, row, false);
  return principal === "older" ? null : principal;
}

function trustedPrincipal(context: ReadContext, row: PrincipalRow, reports: boolean): StoredPrincipal | null | "older" {
  const { verifiedPrincipals: verified } = context;
  const known = verified.recall(row.principal_id, [row]);
  const principal = known ?? verifiedPrincipal(context.keys, row);
  if (principal === null) {
    context.report({ code: "forged", row: "principal", id: row.principal_id });
    return null;
  }
  if (context.seenPrincipals.accepts(principal.principalId, principal.revision, principal.act)) {
    if (known === undefined) verified.remember(row.principal_id, [row], principal);
    return principal;
  }
  if (reports) context.report({ code: "rolled-back", row: "principal", id: row.principal_id });
  return "older";
}
