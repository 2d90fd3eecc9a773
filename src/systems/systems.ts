// Systems as clients: keys and certificates in place of secrets, tokens that end by themselves, acting for persons, ceilings, findings.
import type { Access, Actor, AlsoWrite, Authenticated, ClientRequest } from "../access/access.ts";
import type { AuthorityRows, Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Ledger } from "../ledger/ledger.ts";
import type { Database } from "../postgres/database.ts";
import type { Sessions } from "../signin/signin.ts";
import { addProofs, bootstrap, registerClient, removeProof, rotateSecret } from "./administer-clients.ts";
import type { Proof, Registered, Registering } from "./administer-clients.ts";
import { createAllowances } from "./allowances.ts";
import { approveClient } from "./approve-client.ts";
import { prepareDecoys } from "./assertion.ts";
import { authenticateToken, type Presenting } from "./authenticate-token.ts";
import { type Ceilings, loadCeilings } from "./ceilings.ts";
import { createClientFiles, type ClientFile } from "./client-files.ts";
import type { SystemsContext, SystemsSettings } from "./context.ts";
import { type Feeding, holdFeed } from "./feeds.ts";
import { findFindings, type Finding } from "./findings.ts";
import { issueToken, type TokenAnswer } from "./issue-token.ts";
import type { Proving } from "./prove-client.ts";
import { revokeToken } from "./revoke-token.ts";
import type { Credential, Terms } from "./rows.ts";
import { waitingClients, type WaitingClient } from "./waiting.ts";
import { setTerms, type SetTerms } from "./terms.ts";
import { ceilingsOf, customerCounter, spendRequest, type CeilingReached, type Spending } from "./spend.ts";

export { ACCESS_TOKEN_PREFIX } from "./access-token.ts";
export { registerCertificate, registerName, showCertificate, type ShownCertificate } from "./client-certificate.ts";
export type { ClientFile } from "./client-files.ts";
export type { SystemsSettings } from "./context.ts";
export { SystemsError, type SystemsErrorCode } from "./errors.ts";
export type { Finding } from "./findings.ts";
export { audiencesOf, metadataOf } from "./metadata.ts";
export { parseKeys } from "./public-key.ts";
export type { CeilingReached, Ceilings, Credential, Proof, Proving, Registered, Registering, Row, Spending, Terms };

export interface SystemsOptions {
  readonly database: Database;
  readonly keys: Pick<Keys, "sealUnder" | "openUnder" | "keyedDigest">;
  readonly ledger: Pick<Ledger, "append">;
  readonly clock: Clock;
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly sessions: Sessions;
  readonly settings: SystemsSettings;
  /** governance/access: ceilings.yaml. */
  readonly governanceFolder: string;
}

/** Writes throw AccessError and SystemsError, and have their entries, as those of access. */
export interface Systems {
  readonly settings: SystemsSettings;
  /** Null for every access token that is not good now, over this connection. */
  authenticate(token: string, presenting: Presenting): Promise<Authenticated | null>;
  /** Throws SystemsError with a code of RFC 6749 5.2. */
  issueToken(proving: Proving): Promise<TokenAnswer>;
  revokeToken(proving: Proving): Promise<void>;
  bootstrap(request: Parameters<Access["bootstrapAdministrator"]>[0], proofs: readonly Proof[]): Promise<Registered>;
  register(
    request: ClientRequest,
    registering: Registering,
    by: { readonly actor: Actor; readonly also?: AlsoWrite | undefined },
  ): Promise<Registered>;
  rotateSecret(clientId: Uuid, actor: Actor): Promise<string>;
  addProofs(clientId: Uuid, proofs: readonly Proof[], actor: Actor): Promise<void>;
  removeProof(clientId: Uuid, rowId: Uuid, actor: Actor): Promise<void>;
  approve(clientId: Uuid, actor: Actor): Promise<void>;
  setTerms(clientId: Uuid, terms: Partial<Terms>, actor: Actor): Promise<SetTerms>;
  /** Keys, certificates and terms as they stand and wait; the caller checks `client.list`. */
  fileOf(clientId: Uuid): Promise<ClientFile>;
  /** Those registered, else those of its role. */
  ceilingsOf(file: ClientFile): Ceilings;
  /** Counts a request against the client's ceiling. Null when it is within; the first refusal of a minute is recorded. */
  spendRequest(asker: Authenticated): Promise<CeilingReached | null>;
  /** Counts customers and fields about to be shown. Null when they are within; the caller records the refusal. */
  spendCustomers(asker: Authenticated, spending: Spending): Promise<CeilingReached | null>;
  /** To be called before a feed's assignments are written. Throws SystemsError `feed-not-entitled`, `ceiling-reached`, both recorded. */
  holdFeed(actor: Actor, feeding: Feeding): Promise<void>;
  /** What waits for a second person. The caller checks `client.approve`. */
  waiting(limit: number): Promise<readonly WaitingClient[]>;
  /** The caller checks `finding.list`. */
  findings(): Promise<Finding[]>;
}

/** Reads the governance file. Throws SystemsError `bad-governance`. */
export function openSystems({ governanceFolder, ...options }: SystemsOptions): Systems {
  prepareDecoys();
  const context: SystemsContext = {
    ...options,
    ceilings: loadCeilings(governanceFolder),
    allowances: createAllowances(options),
    files: createClientFiles(options),
  };
  const { settings, files } = context;
  return {
    settings,
    authenticate: (token, presenting) => authenticateToken(context, token, presenting),
    issueToken: (proving) => issueToken(context, proving),
    revokeToken: (proving) => revokeToken(context, proving),
    bootstrap: (request, proofs) => bootstrap(context, request, proofs),
    register: (request, registering, by) => registerClient(context, request, registering, by),
    rotateSecret: (clientId, actor) => rotateSecret(context, clientId, actor),
    addProofs: (clientId, proofs, actor) => addProofs(context, clientId, proofs, actor),
    removeProof: (clientId, rowId, actor) => removeProof(context, clientId, rowId, actor),
    approve: (clientId, actor) => approveClient(context, clientId, actor),
    setTerms: (clientId, terms, actor) => setTerms(context, clientId, terms, actor),
    fileOf: (clientId) => files.of(clientId, true),
    ceilingsOf: (file) => ceilingsOf(context, file),
    spendRequest: (asker) => spendRequest(context, asker),
    spendCustomers: customerCounter(context),
    holdFeed: (actor, feeding) => holdFeed(context, actor, feeding),
    waiting: (limit) => waitingClients(context, limit),
    findings: () => findFindings(context),
  };
}
