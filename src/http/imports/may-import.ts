// Whether somebody may run imports under a mapping: by the role's right, and what states the customer's master data by that permission or another's approval.
import type { Authenticated } from "../../access/access.ts";
import type { HoldsBack } from "../../import/import.ts";
import { HttpError } from "../errors.ts";
import { refuse } from "../refusals.ts";
import type { Shell } from "../shell.ts";

export interface MayImport {
  /** Somebody else has to approve the file first. */
  readonly needsApproval: boolean;
  readonly holdsBack: HoldsBack | null;
}

/** Throws HttpError `not-permitted`, recorded. A mapping that is not there is the import's to refuse. */
export async function requireMapping(
  shell: Pick<Shell, "changes" | "imports" | "ledger">,
  principal: Authenticated,
  name: string,
): Promise<MayImport> {
  const fieldPaths = (await shell.imports.mapping(name))?.fieldPaths ?? [];
  const holdsBack = shell.changes.heldFromFeeds(principal);
  if (shell.changes.mayImport(principal, fieldPaths)) return { needsApproval: false, holdsBack };
  if (needsApproval(shell, principal, fieldPaths)) return { needsApproval: true, holdsBack };
  const detail = "this client may not state master data (governance/access/changes.yaml)";
  const attempt = { action: "import.run", kind: "import", customerId: null } as const;
  return refuse(shell, principal, attempt, new HttpError("not-permitted", { detail }));
}

/** People are asked about, each file by itself; an API client has the permission or has not (docs/decisions/0124). */
export function needsApproval(
  { changes }: Pick<Shell, "changes">,
  principal: Authenticated,
  fieldPaths: readonly string[],
): boolean {
  return principal.kind === "staff" && !changes.mayImport(principal, fieldPaths);
}
