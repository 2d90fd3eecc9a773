// For tests: a directory and single sign-on over a fresh database, with a real provider beside them.
import { join } from "node:path";
import type { Authenticated } from "../access/access.ts";
import { administrator, GOVERNANCE, openTestAccess, type TestAccess } from "../access/test-access.ts";
import { openAuthorityRows } from "../authority/authority.ts";
import { openSignIns, type Sessions } from "../signin/signin.ts";
import { type Federated, openFederation, type PersonDraft } from "./federation.ts";
import { CLIENT, REDIRECT_URI, startTestProvider, type TestProvider } from "./test-provider.ts";

const FILE = join(import.meta.dirname, "../../governance/access/federation.yaml");

export interface TestFederation extends TestAccess {
  readonly admin: Authenticated;
  readonly sessions: Sessions;
  readonly federated: Federated;
  readonly provider: TestProvider;
  /** With another provider, or another file. */
  readonly openWith: (changes: { readonly issuer?: URL; readonly file?: string }) => Federated;
}

export const ADA = {
  sub: "0193-ada",
  amr: ["otp"],
  claims: {
    preferred_username: "ada@insurer.example",
    name: "Ada Byron",
    email: "ada@insurer.example",
    email_verified: true,
  },
};

export function draft(changes: Partial<PersonDraft> = {}): PersonDraft {
  return {
    userName: "ada@insurer.example",
    externalId: "e-1",
    givenName: "Ada",
    familyName: "Byron",
    displayName: "Ada Byron",
    emails: ["ada@insurer.example"],
    active: true,
    groups: ["uberrima-claims"],
    ...changes,
  };
}

export async function openTestFederation({ approvals = false } = {}): Promise<TestFederation> {
  const bench = await openTestAccess();
  const { db, keys, ledger, access, now } = bench;
  const clock = { now };
  const authority = openAuthorityRows({ keys, clock, onAnomaly: () => {} });
  const storage = { database: db.database, keys, ledger, access, authority, clock };
  const site = (): URL => new URL("http://localhost");
  const { sessions, staff } = openSignIns({ ...storage, governanceFolder: GOVERNANCE, site, approvals });
  const provider = await startTestProvider(ADA);
  const openWith: TestFederation["openWith"] = ({ issuer = provider.issuer, file = FILE }) =>
    openFederation({
      database: db.database,
      keys,
      ledger,
      access,
      authority,
      sessions,
      clock,
      file,
      onEntry: () => Promise.resolve(),
      registration: staff.registration,
      provider: { issuer, clientId: CLIENT.clientId, credential: { secret: CLIENT.secret }, redirectUri: REDIRECT_URI },
    });
  return {
    ...bench,
    admin: await administrator(access),
    sessions,
    provider,
    openWith,
    federated: openWith({}),
    close: async () => {
      await provider.stop();
      await bench.close();
    },
  };
}
