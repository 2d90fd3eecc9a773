// From an access token to whoever asks: the client, or the person it acts for; null for everything that is not good now.
import type { Authenticated } from "../access/access.ts";
import { equalConstantTime } from "../kernel/bytes.ts";
import { readAccessToken, type AccessToken } from "./access-token.ts";
import type { ShownCertificate } from "./client-certificate.ts";
import type { SystemsContext } from "./context.ts";
import { isRevoked, isUsable } from "./rows.ts";
import { sharedScope } from "./shared-scope.ts";

export interface Presenting {
  /** Of the connection the token came over. */
  readonly certificate: ShownCertificate | null;
  /** As everything stands now, not seconds ago. */
  readonly fresh: boolean;
}

export async function authenticateToken(
  context: SystemsContext,
  text: string,
  { certificate, fresh }: Presenting,
): Promise<Authenticated | null> {
  const token = readAccessToken(context.keys, text);
  if (token === null || context.clock.now() >= token.endsAt || !isShown(token, certificate)) return null;
  // The ledger checks the revision of whoever acts; of the client behind a person nobody does, so it is read anew.
  const { principal, credentials } = await context.files.of(token.clientId, fresh || token.actingFor !== null);
  const credential = credentials.find(({ rowId }) => rowId === token.credentialId);
  if (principal === null || credential === undefined || !isUsable(credential) || isRevoked(credential, token))
    return null;
  const asker = token.actingFor === null ? principal : await sharedWith(context, token, principal);
  if (asker === null) return null;
  return { ...asker, purposes: asker.purposes.filter((purpose) => token.purposes.includes(purpose)) };
}

/** RFC 8705 3: a bound token is good over a connection that showed its certificate, and over no other. */
function isShown(token: AccessToken, certificate: ShownCertificate | null): boolean {
  if (token.certificate === null) return true;
  return certificate !== null && equalConstantTime(certificate.thumbprint, token.certificate);
}

async function sharedWith(
  { sessions, files }: SystemsContext,
  { actingFor, clientId }: AccessToken,
  client: Authenticated,
): Promise<Authenticated | null> {
  if (actingFor === null) return null;
  const { terms } = await files.of(clientId);
  if (terms.actsFor !== "staff") return null;
  const person = await sessions.standing(actingFor.personId, actingFor.sessionId);
  return person === null ? null : sharedScope(person, client);
}
