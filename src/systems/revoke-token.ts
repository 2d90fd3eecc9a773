// Ends an access token before its time, for the client it was given to (RFC 7009).
import { putRow } from "../authority/authority.ts";
import { ACCESS_TOKEN_SECONDS, readAccessToken } from "./access-token.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { proveClient, type Proving } from "./prove-client.ts";
import { CREDENTIAL, isRevoked, withRevoked } from "./rows.ts";

/** Says nothing of what the token was: one of another client, or none at all, is done with in silence (RFC 7009 2.2). */
export async function revokeToken(context: SystemsContext, proving: Proving): Promise<void> {
  const text = proving.form.get("token");
  if (text === undefined) throw new SystemsError("invalid-request", "token is needed");
  const { principal } = await proveClient(context, proving);
  const token = readAccessToken(context.keys, text);
  const now = context.clock.now();
  if (token === null || token.clientId !== principal.principalId || now >= token.endsAt) return;
  const ownerId = principal.principalId;
  const attempt = {
    kind: "session",
    action: "token.revoke",
    actor: principal,
    targets: [ownerId],
    isOwn: true,
  } as const;
  await context.access.write(attempt, async ({ tx, act }) => {
    const endsAtMost = new Date(now.getTime() + ACCESS_TOKEN_SECONDS * 1000);
    const written = await context.authority.change(tx, {
      ownerId,
      act,
      reads: [CREDENTIAL.kind],
      make: (live) => {
        const row = live.of(CREDENTIAL, now).find(({ rowId }) => rowId === token.credentialId);
        if (row === undefined || isRevoked(row, token)) return [];
        return [putRow(CREDENTIAL, { ...row, content: withRevoked(row.content, token, now, endsAtMost) })];
      },
    });
    return { result: null, written, detail: { token: token.tokenId } };
  });
  context.files.forget(ownerId);
}
