// The first administrator: made by the server for whoever holds the machine, and only while there is no client at all.
import type { Transaction } from "../postgres/database.ts";
import type { AccessContext } from "./context.ts";
import { insertClient, type NewClient } from "./create-client.ts";
import { AccessError } from "./errors.ts";
import { anyClient, lockSystemPrincipal } from "./principal-store.ts";
import { lockedPrincipal } from "./read-principal.ts";
import { principalActs } from "./system-principal.ts";

export interface FirstAdministrator {
  readonly name: string;
  /** A year from now when absent. */
  readonly expiresAt?: Date;
}

/**
 * Throws AccessError `already-initialised` when any client exists or ever did, also for the slower of two processes that race: deleting
 * every client behind our back opens no way in.
 */
export async function bootstrapAdministrator(context: AccessContext, request: FirstAdministrator): Promise<NewClient> {
  // The first act made the system principal.
  if ((await principalActs(context, 2)) > 1) throw new AccessError("already-initialised");
  return context.database.transaction((tx) => insertAdministrator(context, tx, request));
}

async function insertAdministrator(
  context: AccessContext,
  tx: Transaction,
  { name, expiresAt = null }: { readonly name: string; readonly expiresAt?: Date | null },
): Promise<NewClient> {
  // The lock on the one system row makes racing processes wait, so that the slower one sees the client of the faster.
  const row = await lockSystemPrincipal(tx);
  const system = row === null ? null : lockedPrincipal(context, row);
  if (system === null) throw new AccessError("forged-authority", "the system principal is missing or does not verify");
  if (await anyClient(tx)) throw new AccessError("already-initialised");
  return insertClient(
    context,
    { tx, actor: system },
    {
      name,
      expiresAt,
      role: "access-admin",
      purposes: ["administration"],
      rowScope: "none",
      groups: [],
      entities: [],
      lines: [],
      classCeiling: [],
    },
  );
}
