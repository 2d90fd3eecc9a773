// Suspends, resumes and revokes a client. Revoking is final.
import type { Uuid } from "../kernel/bytes.ts";
import { changePrincipal } from "./change-principal.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { PrincipalStatus } from "./principal.ts";
import { refuseOwn, requireRight } from "./right.ts";
import type { Within } from "./within.ts";

export type StatusAction = "client.suspend" | "client.resume" | "client.revoke";

const STEPS: Readonly<Record<StatusAction, { from: readonly PrincipalStatus[]; to: PrincipalStatus }>> = {
  "client.suspend": { from: ["active"], to: "suspended" },
  "client.resume": { from: ["suspended"], to: "active" },
  "client.revoke": { from: ["active", "suspended"], to: "revoked" },
};

export interface StatusChange {
  readonly principalId: Uuid;
  readonly action: StatusAction;
}

/** Returns the new revision. Throws AccessError `not-permitted`, `own-authority`, `unknown-client`, `wrong-status`. */
export async function setClientStatus(context: AccessContext, within: Within, change: StatusChange): Promise<number> {
  requireRight(context, within.actor, change.action);
  refuseOwn(within.actor, change.principalId);
  const step = STEPS[change.action];
  return changePrincipal(context, within, {
    ...change,
    to: (before) => {
      if (!step.from.includes(before.status)) throw new AccessError("wrong-status");
      return { status: step.to };
    },
  });
}
