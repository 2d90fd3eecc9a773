// The ledger's entry for what became of a principal.
import type { Json } from "../kernel/canonical-json.ts";
import { contentDigest, type Act, type WrittenRow } from "./act.ts";
import type { Action } from "./actions.ts";
import { principalContent, type StoredPrincipal } from "./principal-row.ts";

export function principalAct(principal: StoredPrincipal, action: Action, granted: readonly WrittenRow[] = []): Act {
  const { principalId, revision } = principal;
  return {
    entryId: principal.act,
    kind: "principal",
    action,
    written: [
      { row: "principal", id: principalId, revision, digest: contentDigest(principalContent(principal)) },
      ...granted,
    ],
    detail: { principal: described(principal) },
  };
}

/** What an auditor reads later: all of the principal but its name and secret. */
function described(principal: StoredPrincipal): Json {
  return {
    id: principal.principalId,
    kind: principal.kind,
    role: principal.role,
    customer: principal.customerId,
    status: principal.status,
    purposes: principal.purposes,
    rowScope: principal.rowScope,
    groups: principal.groups,
    entities: principal.entities,
    lines: principal.lines,
    classCeiling: principal.classCeiling,
    expiresAt: principal.expiresAt?.toISOString() ?? null,
  };
}
