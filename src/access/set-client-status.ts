// Suspends, resumes and revokes clients and staff, and sends staff on leave. Revoking is final.
import type { Uuid } from "../kernel/bytes.ts";
import { changePrincipal } from "./change-principal.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { PrincipalKind, PrincipalStatus } from "./principal.ts";
import { refuseOwn, requireRight } from "./right.ts";
import type { Within } from "./within.ts";

export type StatusAction =
  | "client.approve"
  | "client.suspend"
  | "client.resume"
  | "client.revoke"
  | "staff.approve"
  | "staff.leave"
  | "staff.return";

interface Step {
  readonly from: readonly PrincipalStatus[];
  readonly to: PrincipalStatus;
  /** Of whom alone. */
  readonly kind?: PrincipalKind;
}

const STEPS: Readonly<Record<StatusAction, Step>> = {
  "client.approve": { from: ["pending"], to: "active", kind: "client" },
  "client.suspend": { from: ["active", "on-leave"], to: "suspended" },
  "client.resume": { from: ["suspended"], to: "active" },
  "client.revoke": { from: ["pending", "active", "on-leave", "suspended"], to: "revoked" },
  "staff.approve": { from: ["pending"], to: "active", kind: "staff" },
  "staff.leave": { from: ["active"], to: "on-leave", kind: "staff" },
  "staff.return": { from: ["on-leave"], to: "active", kind: "staff" },
};

export interface StatusChange {
  readonly principalId: Uuid;
  readonly action: StatusAction;
}

/** Returns the new revision. Throws AccessError `not-permitted`, `own-authority`, `unknown-client`, `wrong-status`. */
export async function setClientStatus(context: AccessContext, within: Within, change: StatusChange): Promise<number> {
  requireRight(context, within.actor, change.action);
  await refuseOwn(context, within, [change.principalId]);
  const step = STEPS[change.action];
  return changePrincipal(context, within, {
    ...change,
    to: (before) => {
      // Machines take no leave.
      if (step.kind !== undefined && step.kind !== before.kind) throw new AccessError("unknown-client");
      if (!step.from.includes(before.status)) throw new AccessError("wrong-status");
      return { status: step.to };
    },
  });
}
