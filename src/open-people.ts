// Wires who may ask: principals and their rights, rows that prove something, sign-ins, and the identity provider's word.
import { join } from "node:path";
import type { Logger } from "pino";
import { openAccess, type Access, type Actor } from "./access/access.ts";
import { openAuthorityRows, type AuthorityRows } from "./authority/authority.ts";
import type { Config } from "./config.ts";
import { type DirectoryEntry, type Federated, openFederation, type ProviderSettings } from "./federation/federation.ts";
import type { Uuid } from "./kernel/bytes.ts";
import type { Clock } from "./kernel/clock.ts";
import type { Keys } from "./keys/keys.ts";
import type { Ledger } from "./ledger/ledger.ts";
import type { Database } from "./postgres/database.ts";
import { openGrants, type Grants } from "./grants/grants.ts";
import { readSecret } from "./read-secret.ts";
import { openReviews, type Reviews } from "./reviews/reviews.ts";
import { openSignIns, SignInError, type SignIns } from "./signin/signin.ts";
import type { StaffMail } from "./staff-mail.ts";
import { openSystems, type Systems, type SystemsSettings } from "./systems/systems.ts";

/** Told of whom the directory made, renamed or moved. */
export type OnEntry = (entry: DirectoryEntry, actor: Actor) => Promise<void>;

interface Parts {
  readonly database: Database;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly clock: Clock;
  /** Where browsers reach this server, once it listens. */
  readonly site: () => URL;
  readonly staffMail: StaffMail;
  readonly onEntry: OnEntry;
  readonly log: Logger;
  readonly onAnomaly: (anomaly: { readonly row: string; readonly code: string; readonly id: string }) => void;
}

export interface PeopleDomains {
  readonly access: Access;
  readonly authority: AuthorityRows;
  readonly signIns: SignIns;
  readonly federated: Federated;
  readonly reviews: Reviews;
  readonly systems: Systems;
  readonly grants: Grants;
}

export async function openPeople(
  config: Config,
  { log, onAnomaly, site, staffMail, onEntry, ...parts }: Parts,
): Promise<PeopleDomains> {
  const governanceFolder = join(config.governanceFolder, "access");
  const access = await openAccess({ ...parts, governanceFolder, onAnomaly });
  const authority = openAuthorityRows({ ...parts, onAnomaly });
  const signIns = openSignIns({
    ...parts,
    access,
    authority,
    governanceFolder,
    site,
    notify: staffMail.notify,
    approvals: config.systems.approvals,
  });
  const { sessions } = signIns;
  const file = join(governanceFolder, "federation.yaml");
  const federated = openFederation({
    ...parts,
    access,
    authority,
    sessions,
    file,
    provider: await providerSettings(config),
    registration: signIns.staff.registration,
    onEntry,
  });
  const settings = systemsSettings(config);
  const systems = openSystems({ ...parts, access, authority, sessions, settings, governanceFolder });
  const grants = openGrants({
    ...parts,
    access,
    authority,
    governanceFolder,
    factors: signIns.policy.stepUp,
    supervisorOf: (principalId) => supervisorOf(signIns, principalId),
    onAlert: (alert) => {
      log.warn({ alert }, "an emergency access was opened");
      const { principalId: about, entryId: entry } = alert;
      staffMail.tellOverseers({ access, signIns, federated }, { what: "emergency-access", about, values: { entry } });
    },
  });
  const endGrant = (grantId: Uuid): Promise<boolean> => endIfLent(grants, grantId, access.system);
  const reviews = openReviews({ ...parts, access, authority, governanceFolder, endGrant });
  return { access, authority, signIns, federated, reviews, systems, grants };
}

function systemsSettings({ systems, listen }: Config): SystemsSettings {
  return { ...systems, clientAuthority: (listen.tls?.clientCaFile ?? null) !== null };
}

/** Null for API clients, and for staff who were made without an account. */
async function supervisorOf({ staff }: SignIns, principalId: Uuid): Promise<Uuid | null> {
  try {
    return (await staff.show(principalId)).person.supervisorId;
  } catch (error) {
    if (error instanceof SignInError && error.code === "unknown-person") return null;
    throw error;
  }
}

async function providerSettings({ identityProvider, publicUrl, listen }: Config): Promise<ProviderSettings | null> {
  if (identityProvider === null) return null;
  const { issuer, clientId, credentialFile } = identityProvider;
  const isSecret = credentialFile.kind === "secret";
  const text = await readSecret(isSecret ? "UBERRIMA_OIDC_SECRET_FILE" : "UBERRIMA_OIDC_KEY_FILE", credentialFile.file);
  const base = publicUrl ?? new URL(`${listen.tls === null ? "http" : "https"}://${listen.host}:${listen.port}`);
  const redirectUri = new URL("/v1/sso/callback", base).href;
  return { issuer, clientId, redirectUri, credential: isSecret ? { secret: text } : { privateKeyPem: text } };
}

/** False where it is over already, or not found any more. */
async function endIfLent(grants: Pick<Grants, "end" | "stateOf">, grantId: Uuid, actor: Actor): Promise<boolean> {
  const state = await grants.stateOf(grantId);
  if (state !== "requested" && state !== "in-force") return false;
  await grants.end(grantId, actor);
  return true;
}
