// For tests: the whole way of the data over a fresh database, with a customer, a claim and clients of any role.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openAccess, type Access, type Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { AssignmentKind, Flag, LineOfBusiness, Purpose, Role } from "../kernel/vocabulary.ts";
import { openKeys, openLocalKeyring, type Keys } from "../keys/keys.ts";
import { fileSignerMemory, openLedger, type Ledger } from "../ledger/ledger.ts";
import { openTestDatabase, type TestDatabase } from "../postgres/test-database.ts";
import { loadRegistry, openVault, type Registry, type UnitKind, type Vault } from "../vault/vault.ts";
import {
  createDecider,
  loadPolicySet,
  noGrounds,
  nobodyRegistered,
  nobodyRepresented,
  nothingDemanded,
  nothingEntitles,
  openGate,
  UNWATCHED,
  SEARCH_BEAT_MS,
  type Gate,
  type GateParts,
  type Terms,
} from "./disclosure.ts";

const GOVERNANCE = join(import.meta.dirname, "../../governance");
const ENTITY = "life-co";

const registry: Registry = loadRegistry(join(GOVERNANCE, "schema"));
const policySet = loadPolicySet({
  folder: join(GOVERNANCE, "policies"),
  fieldPaths: registry.allFields().map(({ path }) => path),
});

export interface TestGate {
  readonly db: TestDatabase;
  readonly keys: Keys;
  readonly ledger: Ledger;
  readonly vault: Vault;
  readonly access: Access;
  readonly context: GateParts;
  readonly gate: Gate;
  readonly admin: Authenticated;
  client(role: Role, purposes: readonly Purpose[], groups?: readonly Uuid[]): Promise<Authenticated>;
  /** A customer with the records given, by unit; ids in the order given. */
  customer(units: readonly TestUnit[]): Promise<TestCustomer>;
  assign(to: Authenticated, customer: TestCustomer, at: { unit: number; kind: AssignmentKind }): Promise<void>;
  flag(customer: TestCustomer, kind: Flag): Promise<void>;
  /** A gate over the same storage with parts replaced. */
  gateWith(changed: Partial<GateParts>): Gate;
  close(): Promise<void>;
}

export interface TestUnit {
  readonly kind: UnitKind;
  readonly line?: LineOfBusiness;
  readonly book?: Uuid;
  readonly records: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

export interface TestCustomer {
  readonly customerId: Uuid;
  readonly unitIds: readonly Uuid[];
}

export const CLAIM_TERMS: Terms = {
  purpose: "claim-handling",
  basis: "role-duty",
  fields: null,
  form: "clear",
  recipient: null,
  justification: null,
};

/** Longer than anything takes on a busy machine: what outlives its lease is answered with "busy". */
const LEASE_SECONDS = 30;

export async function openTestGate({ leaseSeconds = LEASE_SECONDS } = {}): Promise<TestGate> {
  const db = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "uberrima-gate-"));
  const clock = { now: () => new Date() };
  const { database } = db;
  const { provider, buckets } = await openLocalKeyring({ folder: join(folder, "keys") });
  const keys = await openKeys({ database, provider, buckets, leaseSeconds, clock });
  const signerMemory = fileSignerMemory(join(folder, "signer"));
  const ledger = await openLedger({ database, keys, clock, origin: "ledger.test/gate", logShard: 1, signerMemory });
  const vault = openVault({ database, keys, registry, ledger, clock, logShard: 1 });
  const governanceFolder = join(GOVERNANCE, "access");
  const access = await openAccess({ database, keys, ledger, clock, governanceFolder, onAnomaly: () => {} });
  const { revision } = await access.activatePolicySet(Buffer.from(policySet.digest, "hex"));
  const policy = { decider: createDecider(policySet), revision };
  const context: GateParts = {
    vault,
    access,
    ledger,
    keys,
    clock,
    policy: () => policy,
    grounds: noGrounds,
    stepUp: { shiftSeconds: 43_200, freshSeconds: 300, bulkCustomers: 20 },
    represented: nobodyRepresented,
    registered: nobodyRegistered,
    entitlements: nothingEntitles,
    demandedPapers: nothingDemanded,
    issueTokens: async () => {},
    database,
    watch: UNWATCHED,
    reading: db.pipeline,
    searchBeatMs: SEARCH_BEAT_MS,
    spendCustomers: async () => null,
  };
  const { token } = await access.bootstrapAdministrator({ name: "First administrator" });
  const admin = await signedIn(access, token);
  const base = { db, keys, ledger, vault, access, context, admin };
  return {
    ...base,
    gate: openGate(context),
    client: (role, purposes, groups = []) => makeClient(base, role, purposes, groups),
    customer: (units) => makeCustomer(vault, admin, units),
    assign: async (to, { customerId, unitIds }, { unit, kind }) => {
      const request = { customerId, unitId: unitIds[unit] ?? null, assigneeId: to.principalId, kind, endsAt: null };
      await access.createAssignments([request], admin);
    },
    flag: async ({ customerId }, kind) => {
      const officer = await makeClient(base, "dpo", ["data-subject-request"], []);
      await access.setFlag({ customerId, kind, endsAt: null, reason: "a reason of the test" }, officer);
    },
    gateWith: (changed) => openGate({ ...context, ...changed }),
    close: async () => {
      keys.close();
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function signedIn(access: Access, token: string): Promise<Authenticated> {
  const principal = await access.authenticate(token);
  if (principal === null) throw new Error("the token was refused");
  return principal;
}

async function makeClient(
  { access, admin }: Pick<TestGate, "access" | "admin">,
  role: Role,
  purposes: readonly Purpose[],
  groups: readonly Uuid[],
): Promise<Authenticated> {
  const rules = access.roles[role];
  const rowScope = groups.length > 0 ? "groups" : (rules.rowScopes.find((scope) => scope !== "groups") ?? "none");
  const { token } = await access.createClient(
    {
      role,
      name: `A client for ${role}`,
      purposes,
      rowScope,
      groups,
      expiresAt: null,
      entities: [ENTITY],
      lines: ["life", "health", "auto"],
      classCeiling: null,
    },
    admin,
  );
  return signedIn(access, token);
}

async function makeCustomer(vault: Vault, admin: Authenticated, units: readonly TestUnit[]): Promise<TestCustomer> {
  const customerId = newId();
  const drafts = units.map(({ kind, line = "life", book = null, records }) => ({
    unitId: newId(),
    create: { kind, entity: ENTITY, brand: ENTITY, line, book },
    sources: [],
    records: Object.entries(records).map(([recordType, fields]) => {
      const prepared = vault.prepare({
        recordType,
        fields,
        context: { country: "US", currency: "USD", dateFormat: "yyyy-mm-dd" },
      });
      if (!prepared.ok) throw new Error(`a test record was refused: ${JSON.stringify(prepared.issues)}`);
      return { recordId: newId(), record: prepared.record, source: null };
    }),
  }));
  await vault.create([{ customerId, create: { kind: "person" }, sources: [], units: drafts }], {
    actorId: admin.principalId,
    actorRevision: admin.revision,
    purpose: null,
    basis: null,
  });
  return { customerId, unitIds: drafts.map(({ unitId }) => unitId) };
}
