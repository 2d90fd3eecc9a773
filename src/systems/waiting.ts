// Clients, keys and wider terms that wait for a second person: for work lists. Whoever approves is checked again.
import type { Uuid } from "../kernel/bytes.ts";
import type { SystemsContext } from "./context.ts";
import { ASKED_TERMS, CREDENTIAL, isUsable, REGISTRATION } from "./rows.ts";

export interface WaitingClient {
  readonly clientId: Uuid;
  readonly what: "client" | "key" | "terms";
  /** Null where nothing says who asked: then nobody may approve it either. */
  readonly requestedBy: string | null;
  readonly since: string | null;
}

/** A client that waits with its keys is named once. */
export async function waitingClients(context: SystemsContext, limit: number): Promise<readonly WaitingClient[]> {
  const { authority, database, access, clock } = context;
  const pending = (await access.listPending(limit)).filter(({ kind }) => kind === "client");
  const ids = pending.map(({ principalId }) => principalId);
  const files = ids.length === 0 ? null : await authority.liveOfMany(database, [REGISTRATION], ids);
  const clients = ids.map((clientId): WaitingClient => {
    const registration = files?.get(clientId)?.of(REGISTRATION, clock.now())[0];
    return { clientId, what: "client", requestedBy: registration?.content.requestedBy ?? null, since: null };
  });
  const { rows } = await authority.page(database, CREDENTIAL, { state: "live", after: null, limit });
  const keys = rows
    .filter((row) => !isUsable(row) && !ids.includes(row.ownerId))
    .map(({ ownerId: clientId, content: { requestedBy, addedAt: since } }): WaitingClient => {
      return { clientId, what: "key", requestedBy, since };
    });
  const asked = await authority.page(database, ASKED_TERMS, { state: "live", after: null, limit });
  const terms = asked.rows.map(({ ownerId: clientId, content: { requestedBy } }): WaitingClient => {
    return { clientId, what: "terms", requestedBy, since: null };
  });
  return [...clients, ...new Map(keys.map((key) => [key.clientId, key])).values(), ...terms];
}
