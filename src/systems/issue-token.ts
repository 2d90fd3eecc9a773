// Gives out access tokens: to a client for itself (RFC 6749 4.4), or for a person whose session it was handed (RFC 8693).
import type { Authenticated } from "../access/access.ts";
import { newId } from "../kernel/ids.ts";
import { PURPOSES, type Purpose } from "../kernel/vocabulary.ts";
import { ACCESS_TOKEN_SECONDS, printAccessToken, type AccessToken, type ActingFor } from "./access-token.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { fail, proveClient, type ProvenClient, type Proving } from "./prove-client.ts";
import { sharedScope } from "./shared-scope.ts";

export const EXCHANGE_GRANT = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN_TYPE = "urn:ietf:params:oauth:token-type:access_token";

/** RFC 6749 5.1, RFC 8693 2.2.1. */
export interface TokenAnswer {
  readonly accessToken: string;
  readonly expiresInSeconds: number;
  readonly purposes: readonly Purpose[];
  readonly isExchanged: boolean;
}

/** For whom, and how much of it. */
interface Grant {
  readonly asker: Authenticated;
  readonly actingFor: ActingFor | null;
}

/** Throws SystemsError with the codes of RFC 6749 5.2. Each token has its entry in the ledger before it is given out. */
export async function issueToken(context: SystemsContext, proving: Proving): Promise<TokenAnswer> {
  const grantType = proving.form.get("grant_type");
  if (grantType === undefined) throw new SystemsError("invalid-request", "grant_type is needed");
  if (grantType !== "client_credentials" && grantType !== EXCHANGE_GRANT)
    throw new SystemsError("unsupported-grant-type");
  const client = await proveClient(context, proving);
  const grant =
    grantType === EXCHANGE_GRANT
      ? await exchange(context, client, proving.form)
      : { asker: client.principal, actingFor: null };
  const purposes = purposesOf(proving.form.get("scope"), grant.asker);
  const token: AccessToken = {
    tokenId: newId(),
    clientId: client.principal.principalId,
    credentialId: client.credential.rowId,
    // RFC 8705 3: whoever showed a certificate when the token was asked for shows it whenever it is used.
    certificate: proving.certificate?.thumbprint ?? null,
    actingFor: grant.actingFor,
    purposes,
    endsAt: new Date(context.clock.now().getTime() + ACCESS_TOKEN_SECONDS * 1000),
  };
  await record(context, client, grant, token);
  return {
    accessToken: printAccessToken(context.keys, token),
    expiresInSeconds: ACCESS_TOKEN_SECONDS,
    purposes,
    isExchanged: grant.actingFor !== null,
  };
}

/** `scope` names purposes; without one the token has all. */
function purposesOf(scope: string | undefined, { purposes }: Authenticated): readonly Purpose[] {
  if (scope === undefined) return purposes;
  const named = [...new Set(scope.split(" ").filter((word) => word !== ""))];
  const known = PURPOSES.filter((purpose) => named.includes(purpose));
  if (known.length === 0 || known.length !== named.length || known.some((purpose) => !purposes.includes(purpose)))
    throw new SystemsError("invalid-scope");
  return known;
}

/**
 * RFC 8693 2.1: the person's session token is the subject, the client the actor. INVARIANT: nothing is exchanged twice: only a session is taken, no
 * access token, so that no chain of clients forms behind a person's back.
 */
async function exchange(
  { sessions }: SystemsContext,
  { principal, file }: ProvenClient,
  form: ReadonlyMap<string, string>,
): Promise<Grant> {
  const subject = form.get("subject_token");
  if (subject === undefined || form.get("subject_token_type") !== ACCESS_TOKEN_TYPE)
    throw new SystemsError("invalid-request", "subject_token, and subject_token_type of an access token, are needed");
  if (form.has("actor_token") || form.has("actor_token_type"))
    throw new SystemsError("invalid-request", "the actor is the client that asks: actor_token is not taken");
  if ((form.get("requested_token_type") ?? ACCESS_TOKEN_TYPE) !== ACCESS_TOKEN_TYPE)
    throw new SystemsError("invalid-request", "only access tokens are given out");
  if (file.terms.actsFor !== "staff") throw new SystemsError("unauthorized-client", "this client acts for nobody");
  const person = await sessions.authenticate(subject, true);
  const shared = person === null || person.kind !== "staff" ? null : sharedScope(person, principal);
  // A password alone opens nothing, for nobody.
  if (shared === null || shared.signIn === null || shared.signIn.strongAt === null)
    throw new SystemsError("invalid-grant");
  if (shared.purposes.length === 0)
    throw new SystemsError("invalid-scope", "the person and this client share no purpose");
  return { asker: shared, actingFor: { personId: shared.principalId, sessionId: shared.signIn.sessionId } };
}

async function record(
  context: SystemsContext,
  client: ProvenClient,
  { asker, actingFor }: Grant,
  token: AccessToken,
): Promise<void> {
  const sequenced = await context.ledger.append({
    entryId: newId(),
    kind: "session",
    outcome: "done",
    actorId: asker.principalId,
    customerId: null,
    recipientId: null,
    purpose: null,
    basis: null,
    classes: [],
    withheld: false,
    detail: {
      action: "token.issue",
      token: token.tokenId,
      credential: token.credentialId,
      proof: client.credential.content.proof.type,
      isBound: token.certificate !== null,
      purposes: [...token.purposes],
      endsAt: token.endsAt.toISOString(),
      ...(actingFor === null ? {} : { via: client.principal.principalId, session: actingFor.sessionId }),
    },
    guard: { actorRevision: asker.revision, customerRevision: null, policyRevision: null },
  });
  if (sequenced === null) await fail(context, client.principal, "changed-meanwhile");
}
