// Whether a client may run imports under a mapping: by its role's right, and what states the customer's master data by that permission as well.
import type { Authenticated } from "../../access/access.ts";
import { HttpError } from "../errors.ts";
import { refuse } from "../refusals.ts";
import type { Shell } from "../shell.ts";

/** Throws HttpError `not-permitted`, recorded. A mapping that is not there is the import's to refuse. */
export async function requireMapping(
  shell: Pick<Shell, "changes" | "imports" | "ledger">,
  principal: Authenticated,
  name: string,
): Promise<void> {
  const fieldPaths = shell.imports.mappings.find((mapping) => mapping.name === name)?.fieldPaths ?? [];
  if (shell.changes.mayImport(principal, fieldPaths)) return;
  const detail = "this client may not state master data (governance/access/changes.yaml)";
  const attempt = { action: "import.run", kind: "import", customerId: null } as const;
  await refuse(shell, principal, attempt, new HttpError("not-permitted", { detail }));
}
