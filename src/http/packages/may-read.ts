// Packages are read by those who make them, and by oversight.
import type { Authenticated } from "../../access/access.ts";
import { requireRecordedRight } from "../refusals.ts";
import type { Shell } from "../shell.ts";

/** Throws HttpError `not-permitted`, recorded. */
export async function requireAnyRight(shell: Shell, principal: Authenticated): Promise<void> {
  const action = shell.access.may(principal, "package.oversee") ? "package.oversee" : "package.make";
  await requireRecordedRight(shell, principal, { action, kind: "package", customerId: null });
}
