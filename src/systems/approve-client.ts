// The second person's word: a client, a key to one, or wider terms, that somebody asked for counts from now on.
import { AccessError, type Actor, type GrantWrite } from "../access/access.ts";
import { putRow, type LiveRows, type Row, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Transaction } from "../postgres/database.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { ASKED_TERMS, CREDENTIAL, type Credential, isUsable, REGISTRATION, TERMS } from "./rows.ts";
import { approveTerms } from "./terms.ts";

/**
 * Approves whatever of the client waits. INVARIANT: who asked is not who approves, for any part of it; nor is the client itself. Throws AccessError
 * `not-permitted` and `own-authority` (recorded), SystemsError `unknown-client` and `nothing-to-approve`.
 */
export async function approveClient(context: SystemsContext, clientId: Uuid, actor: Actor): Promise<void> {
  const described = await context.access.describePrincipal(clientId);
  if (described === null || described.kind !== "client") throw new SystemsError("unknown-client");
  if (described.status === "pending") await approvePrincipal(context, clientId, actor);
  else await approveChanges(context, clientId, actor);
  context.files.forget(clientId);
}

async function approvePrincipal(context: SystemsContext, clientId: Uuid, actor: Actor): Promise<void> {
  const grants: GrantWrite = ({ tx, act }) =>
    context.authority.change(tx, {
      ownerId: clientId,
      act,
      reads: [REGISTRATION.kind, CREDENTIAL.kind],
      make: async (live) => {
        const [registration] = live.of(REGISTRATION, context.clock.now());
        // Without a row that says who asked, nobody can be told to be another.
        if (registration === undefined) throw new SystemsError("nothing-to-approve");
        const keys = waitingKeys(context, live);
        await refuseRequesters(context, tx, actor, [registration, ...keys]);
        const content = { ...registration.content, approvedBy: actor.principalId };
        return [putRow(REGISTRATION, { ...registration, content }), ...approved(keys, actor)];
      },
    });
  await context.access.setClientStatus({ principalId: clientId, action: "client.approve" }, actor, undefined, grants);
}

/** Keys that were added, and terms that were widened. */
async function approveChanges(context: SystemsContext, clientId: Uuid, actor: Actor): Promise<void> {
  const attempt = { kind: "credential", action: "client.approve", actor, targets: [clientId] } as const;
  await context.access.write(attempt, async ({ tx, act }) => {
    if (await context.access.isActor(tx, actor, [clientId])) throw new AccessError("own-authority");
    const written = await context.authority.change(tx, {
      ownerId: clientId,
      act,
      reads: [CREDENTIAL.kind, TERMS.kind, ASKED_TERMS.kind],
      make: async (live) => {
        const now = context.clock.now();
        const keys = waitingKeys(context, live);
        await refuseRequesters(context, tx, actor, [...keys, ...live.of(ASKED_TERMS, now)]);
        const changes = [...approved(keys, actor), ...approveTerms(live, now)];
        if (changes.length === 0) throw new SystemsError("nothing-to-approve");
        return changes;
      },
    });
    return { result: null, written, detail: { client: clientId } };
  });
}

function waitingKeys({ clock }: SystemsContext, live: LiveRows): readonly Row<Credential>[] {
  return live.of(CREDENTIAL, clock.now()).filter((row) => !isUsable(row));
}

function approved(keys: readonly Row<Credential>[], { principalId: approvedBy }: Actor): RowChange[] {
  return keys.map((row) => putRow(CREDENTIAL, { ...row, content: { ...row.content, approvedBy } }));
}

interface Requested {
  readonly content: { readonly requestedBy: string };
}

async function refuseRequesters(
  { access }: SystemsContext,
  tx: Transaction,
  actor: Actor,
  requested: readonly Requested[],
): Promise<void> {
  const requesters = requested.map(({ content }) => content.requestedBy);
  if (await access.isActor(tx, actor, requesters))
    throw new AccessError("own-authority", "who asked for it is not who approves it");
}
