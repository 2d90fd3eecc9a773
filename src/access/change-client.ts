// Changes what a client may reach: purposes, rows, classes, how long. Its role never changes.
import type { Uuid } from "../kernel/bytes.ts";
import { changePrincipal } from "./change-principal.ts";
import { checkedScope, usualExpiry } from "./client-scope.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import type { Scope } from "./principal.ts";
import { refuseOwn, requireRight } from "./right.ts";
import type { Within } from "./within.ts";

export interface ClientChange {
  readonly principalId: Uuid;
  /** What is left out stays as it is. */
  readonly scope: { readonly [Part in keyof Scope]?: Scope[Part] | undefined };
}

/** Throws AccessError as createClient does, and `own-authority`, `unknown-client`, `wrong-status` for one that is revoked. */
export async function changeClient(context: AccessContext, within: Within, change: ClientChange): Promise<number> {
  requireRight(context, within.actor, "client.change");
  await refuseOwn(context, within, [change.principalId]);
  return changePrincipal(context, within, {
    principalId: change.principalId,
    action: "client.change",
    to: (before) => {
      if (before.status === "revoked") throw new AccessError("wrong-status");
      const asked: Scope = { ...before, ...withoutUndefined(change.scope) };
      const now = context.clock.now();
      if (before.kind !== "staff" || asked.expiresAt !== null)
        return checkedScope(context.roles, before.role, asked, now);
      // Those who work here stay until they leave.
      const usual = usualExpiry(context.roles[before.role], now);
      return { ...checkedScope(context.roles, before.role, { ...asked, expiresAt: usual }, now), expiresAt: null };
    },
  });
}

function withoutUndefined(scope: ClientChange["scope"]): Partial<Scope> {
  return Object.fromEntries(Object.entries(scope).filter(([, value]) => value !== undefined)) as Partial<Scope>;
}
