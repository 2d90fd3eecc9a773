// People and sign-ins that an identity provider vouches for: the directory it keeps here, and single sign-on.
import type { FederationContext } from "./context.ts";
import { loadFederation } from "./mapping.ts";
import { openPeople, type People } from "./people.ts";
import { openProvider, type ProviderSettings } from "./provider.ts";
import { openSingleSignOn, type SingleSignOn } from "./single-sign-on.ts";

export type { DirectoryEntry } from "./context.ts";
export type { FederationErrorCode } from "./errors.ts";
export type { People, PersonDraft } from "./people.ts";
export type { Person } from "./person-row.ts";
export { openProvider, type Provider, type ProviderSettings } from "./provider.ts";
export { FederationError } from "./errors.ts";

export interface Federated {
  readonly people: People;
  readonly singleSignOn: SingleSignOn;
  /** Whether anybody may sign in through a provider. */
  readonly hasProvider: boolean;
  /** The groups that mean something here, in order. */
  readonly groups: readonly string[];
}

export interface FederationOptions extends Omit<FederationContext, "federation"> {
  /** governance/access/federation.yaml */
  readonly file: string;
  /** Null where nobody is to sign in through a provider. */
  readonly provider: ProviderSettings | null;
}

/** Throws FederationError `bad-governance`. */
export function openFederation({ file, provider, ...parts }: FederationOptions): Federated {
  const federation = loadFederation(file, parts.access.roles);
  const context = { ...parts, federation };
  const people = openPeople(context);
  const singleSignOn = openSingleSignOn(context, people, provider === null ? null : openProvider(provider));
  return { people, singleSignOn, hasProvider: provider !== null, groups: Object.keys(federation.groups) };
}
