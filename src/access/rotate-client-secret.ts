// Replaces a client's secret at once: the old token stops working with the commit.
import type { Uuid } from "../kernel/bytes.ts";
import { changePrincipal } from "./change-principal.ts";
import { newClientToken, printClientToken, secretDigest } from "./client-token.ts";
import type { AccessContext } from "./context.ts";
import type { NewClient } from "./create-client.ts";
import { AccessError } from "./errors.ts";
import { requireRight } from "./right.ts";
import type { Within } from "./within.ts";

/**
 * A client may replace its own secret without any right: it gains nothing by it. Throws AccessError `not-permitted`, `unknown-client`,
 * `wrong-status` for one that is revoked.
 */
export async function rotateClientSecret(
  context: AccessContext,
  within: Within,
  principalId: Uuid,
): Promise<NewClient> {
  if (within.actor.principalId !== principalId) requireRight(context, within.actor, "client.rotate-secret");
  const token = newClientToken(principalId);
  await changePrincipal(context, within, {
    principalId,
    action: "client.rotate-secret",
    to: (before) => {
      if (before.status === "revoked") throw new AccessError("wrong-status");
      return { secret: secretDigest(context.keys, token) };
    },
  });
  return { principalId, token: printClientToken(token) };
}
