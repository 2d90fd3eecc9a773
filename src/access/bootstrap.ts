// The first administrator: made by the server for whoever holds the machine, and only while there is no client at all.
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { AccessContext } from "./context.ts";
import { insertClient, insertWithSecret, type NewClient } from "./create-client.ts";
import { type AlsoGrant, insertStaff } from "./create-staff.ts";
import { AccessError } from "./errors.ts";
import { anyWorker, lockSystemPrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";
import { principalActs } from "./system-principal.ts";
import type { GrantWrite, Within } from "./within.ts";

export interface FirstAdministrator {
  readonly name: string;
  /** A year from now when absent. */
  readonly expiresAt?: Date;
}

/**
 * Throws AccessError `already-initialised` when any client or member of staff exists or ever did, also for the slower of two processes that
 * race: deleting all of them behind our back opens no way in.
 */
export function bootstrapAdministrator(context: AccessContext, request: FirstAdministrator): Promise<NewClient> {
  const { name, expiresAt = null } = request;
  return onlyFirst(context, (within) => insertWithSecret(context, within, { ...ADMINISTRATOR, name, expiresAt }));
}

/** The same without a secret: `grants` registers the keys that prove it. Returns its id. */
export function bootstrapKeyedAdministrator(
  context: AccessContext,
  { name, expiresAt = null }: { readonly name: string; readonly expiresAt?: Date | null },
  grants: GrantWrite,
): Promise<Uuid> {
  const identity = { principalId: newId(), secret: null };
  return onlyFirst(context, (within) =>
    insertClient(context, { ...within, grants }, { ...ADMINISTRATOR, name, expiresAt }, identity),
  );
}

/** The same for a person, who gets no token: `grant` writes what they sign in by. */
export function bootstrapPerson(context: AccessContext, name: string, grant: AlsoGrant): Promise<Uuid> {
  return onlyFirst(context, (within) =>
    insertStaff(context, within, { ...ADMINISTRATOR, name, expiresAt: null }, grant),
  );
}

const ADMINISTRATOR = {
  role: "access-admin",
  purposes: ["administration"],
  rowScope: "none",
  groups: [],
  entities: [],
  lines: [],
  classCeiling: [],
} as const;

async function onlyFirst<Made>(context: AccessContext, make: (within: Within) => Promise<Made>): Promise<Made> {
  // The first act made the system principal.
  if ((await principalActs(context, 2)) > 1) throw new AccessError("already-initialised");
  return context.database.transaction(async (tx) => {
    // The lock on the one system row makes racing processes wait, so that the slower one sees the principal of the faster.
    const row = await lockSystemPrincipal(tx);
    const actor = row === null ? null : lockedPrincipal(context, row);
    if (actor === null) throw new AccessError("forged-authority", "the system principal is missing or does not verify");
    if (await anyWorker(tx)) throw new AccessError("already-initialised");
    return make({ tx, actor });
  });
}
