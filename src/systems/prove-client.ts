// Who asks at the token endpoint: a client that signed an assertion, or showed a certificate that is registered (RFC 6749 2.3, RFC 8705 2).
import type { Authenticated } from "../access/access.ts";
import type { Row } from "../authority/authority.ts";
import { idBytes, newId, parseId } from "../kernel/ids.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { takeOnce } from "./allowance-store.ts";
import { keyFor, proveAssertion, readClaimed, type ClaimedAssertion } from "./assertion.ts";
import { isRegistered, type ShownCertificate } from "./client-certificate.ts";
import type { ClientFile } from "./client-files.ts";
import type { SystemsContext } from "./context.ts";
import { SystemsError } from "./errors.ts";
import { isUsable, type Credential } from "./rows.ts";

/** What came to an endpoint that asks a client to prove itself. */
export interface Proving {
  /** The form's members, each once. */
  readonly form: ReadonlyMap<string, string>;
  /** Of the connection; null where none was shown. */
  readonly certificate: ShownCertificate | null;
  /** What an assertion may name as its audience. */
  readonly audiences: readonly string[];
}

export interface ProvenClient {
  readonly principal: Authenticated;
  readonly file: ClientFile;
  readonly credential: Row<Credential>;
}

const ASSERTION_TYPE = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";
/** Of one client, or of all that nobody knows: more failures than these are counted by metrics alone. */
const FAILURES_RECORDED_A_MINUTE_MAX = 20;
const NOBODY = "00000000-0000-7000-8000-000000000000" as Uuid;

type Failure =
  | "malformed"
  | "not-in-force"
  | "assertion-refused"
  | "assertion-used-before"
  | "certificate-refused"
  | "changed-meanwhile";

/** Throws SystemsError `invalid-client`, recorded, whatever was wrong; `invalid-request` where no way of proving oneself was chosen. */
export async function proveClient(context: SystemsContext, proving: Proving): Promise<ProvenClient> {
  const { form } = proving;
  if (form.has("client_secret")) throw new SystemsError("invalid-request", "there are no client secrets here");
  const hasAssertion = form.has("client_assertion") || form.has("client_assertion_type");
  return hasAssertion ? byAssertion(context, proving) : byCertificate(context, proving);
}

async function byAssertion(context: SystemsContext, proving: Proving): Promise<ProvenClient> {
  const { form, audiences } = proving;
  const text = form.get("client_assertion");
  if (text === undefined || form.get("client_assertion_type") !== ASSERTION_TYPE)
    throw new SystemsError("invalid-request", "client_assertion needs client_assertion_type jwt-bearer");
  const claimed = readClaimed(text);
  const named = form.get("client_id");
  if (claimed === null || (named !== undefined && named !== claimed.clientId)) return fail(context, null, "malformed");
  const file = await context.files.of(claimed.clientId, true);
  const credential = signedBy(file, claimed);
  const key = credential?.content.proof.type === "key" ? credential.content.proof.key : null;
  const now = context.clock.now();
  const proven = await proveAssertion(claimed, key, { audiences, now });
  if (file.principal === null) return fail(context, null, "not-in-force");
  if (credential === null || proven === null) return fail(context, file.principal, "assertion-refused");
  const token = context.keys.keyedDigest("client-assertion", idBytes(claimed.clientId), proven.tokenId);
  const isFirst = await takeOnce(context.database, token, proven.endsAt, now);
  return isFirst
    ? { principal: file.principal, file, credential }
    : fail(context, file.principal, "assertion-used-before");
}

/** Null where nothing of the client fits, or it is not in force: then nothing it signed is good. */
function signedBy({ principal, credentials }: ClientFile, claimed: ClaimedAssertion): Row<Credential> | null {
  if (principal === null) return null;
  const usable = credentials.filter(isUsable);
  const keys = usable.flatMap(({ content: { proof } }) => (proof.type === "key" ? [proof.key] : []));
  const key = keyFor(claimed, keys);
  return usable.find(({ content: { proof } }) => proof.type === "key" && proof.key === key) ?? null;
}

async function byCertificate(context: SystemsContext, proving: Proving): Promise<ProvenClient> {
  const { form, certificate } = proving;
  const clientId = parseId(form.get("client_id") ?? "");
  if (clientId === null || certificate === null) return fail(context, null, "malformed");
  const file = await context.files.of(clientId, true);
  if (file.principal === null) return fail(context, null, "not-in-force");
  const now = context.clock.now();
  const credential = file.credentials
    .filter(isUsable)
    .find(
      ({ content: { proof } }) => proof.type === "certificate" && isRegistered(certificate, proof.certificate, now),
    );
  if (credential === undefined) return fail(context, file.principal, "certificate-refused");
  return { principal: file.principal, file, credential };
}

/** INVARIANT: known and unknown clients get the same answer after the same work. */
export async function fail(
  { ledger, allowances }: SystemsContext,
  client: Authenticated | null,
  reason: Failure,
): Promise<never> {
  const allowance = { of: "failures", windowSeconds: 60, ceiling: FAILURES_RECORDED_A_MINUTE_MAX };
  const mayRecord = await allowances.take({ ...allowance, clientId: client?.principalId ?? NOBODY }, 1);
  if (mayRecord !== null) {
    await ledger.append({
      entryId: newId(),
      kind: "session",
      outcome: "denied",
      actorId: client?.principalId ?? null,
      customerId: null,
      recipientId: null,
      purpose: null,
      basis: null,
      classes: [],
      withheld: false,
      detail: { action: "token.issue", refused: reason },
      guard: { actorRevision: null, customerRevision: null, policyRevision: null },
    });
  }
  throw new SystemsError("invalid-client");
}
