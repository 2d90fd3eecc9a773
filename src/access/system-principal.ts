// The server itself as a principal: made once, at the first start. It has no secret, so no token can stand for it.
import { newId } from "../kernel/ids.ts";
import { recordAct } from "./act.ts";
import type { AccessContext } from "./context.ts";
import { AccessError } from "./errors.ts";
import { principalAct } from "./principal-act.ts";
import { principalParts, sealName, type PrincipalRow, type StoredPrincipal } from "./principal-row.ts";
import { insertPrincipal, selectSystemPrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";

/**
 * Safe when several processes start together: one of them makes it. Throws AccessError `forged-authority` when it does not verify, or when it
 * is gone although the ledger knows of principals.
 */
export async function ensureSystemPrincipal(context: AccessContext): Promise<StoredPrincipal> {
  const row = (await selectSystemPrincipal(context.database)) ?? (await rowAfterFirstStart(context));
  const system = row === null ? null : lockedPrincipal(context, row);
  if (system === null) throw new AccessError("forged-authority", "the system principal is missing or does not verify");
  return system;
}

async function rowAfterFirstStart(context: AccessContext): Promise<PrincipalRow | null> {
  // Another process may have made it since, and its entry with it: then the row is there now.
  if ((await principalActs(context, 1)) === 0) await makeSystemPrincipal(context);
  return selectSystemPrincipal(context.database);
}

/** How many acts that made or changed principals the ledger holds, counted up to `most`. */
export async function principalActs(context: Pick<AccessContext, "ledger">, most: number): Promise<number> {
  const { items } = await context.ledger.list({ kinds: ["principal"], outcomes: ["done"] }, { limit: most }, "cleared");
  return items.length;
}

async function makeSystemPrincipal(context: AccessContext): Promise<void> {
  const principalId = newId();
  const system: StoredPrincipal = {
    principalId,
    kind: "system",
    role: "service-account",
    customerId: null,
    name: sealName(context.keys, principalId, "system"),
    purposes: ["administration"],
    rowScope: "none",
    groups: [],
    entities: [],
    lines: [],
    classCeiling: [],
    secret: null,
    status: "active",
    expiresAt: null,
    revision: 1,
    act: newId(),
  };
  await context.database.transaction(async (tx) => {
    const made = await insertPrincipal(tx, system, context.keys.authorityMac(principalParts(system)));
    if (made) await recordAct(context, tx, system, principalAct(system, "client.create"));
  });
}
