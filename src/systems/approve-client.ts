// The second person's word: a client, a key to one, or wider terms, that somebody asked for counts from now on.
import { AccessError, type Actor, type GrantWrite } from "../access/access.ts";
import { putRow, type LiveRows, type RowChange } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { ASKED_TERMS, CREDENTIAL, isUsable, REGISTRATION, TERMS } from "./rows.ts";
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
      make: (live) => {
        const [registration] = live.of(REGISTRATION, context.clock.now());
        // Without a row that says who asked, nobody can be told to be another.
        if (registration === undefined) throw new SystemsError("nothing-to-approve");
        refuseRequester(actor, registration.content.requestedBy);
        const content = { ...registration.content, approvedBy: actor.principalId };
        return [putRow(REGISTRATION, { ...registration, content }), ...approvals(context, live, actor)];
      },
    });
  await context.access.setClientStatus({ principalId: clientId, action: "client.approve" }, actor, undefined, grants);
}

/** Keys that were added, and terms that were widened. */
async function approveChanges(context: SystemsContext, clientId: Uuid, actor: Actor): Promise<void> {
  const attempt = { kind: "credential", action: "client.approve", actor, targets: [clientId] } as const;
  await context.access.write(attempt, async ({ tx, act }) => {
    if (actor.principalId === clientId) throw new AccessError("own-authority");
    const written = await context.authority.change(tx, {
      ownerId: clientId,
      act,
      reads: [CREDENTIAL.kind, TERMS.kind, ASKED_TERMS.kind],
      make: (live) => {
        const ofTerms = approveTerms(live, context.clock.now(), (by) => refuseRequester(actor, by));
        const changes = [...approvals(context, live, actor), ...ofTerms];
        if (changes.length === 0) throw new SystemsError("nothing-to-approve");
        return changes;
      },
    });
    return { result: null, written, detail: { client: clientId } };
  });
}

function approvals({ clock }: SystemsContext, live: LiveRows, actor: Actor): RowChange[] {
  const waiting = live.of(CREDENTIAL, clock.now()).filter((row) => !isUsable(row));
  return waiting.map((row) => {
    refuseRequester(actor, row.content.requestedBy);
    return putRow(CREDENTIAL, { ...row, content: { ...row.content, approvedBy: actor.principalId } });
  });
}

function refuseRequester(actor: Actor, requestedBy: string): void {
  if (actor.principalId === requestedBy)
    throw new AccessError("own-authority", "who asked for it is not who approves it");
}
