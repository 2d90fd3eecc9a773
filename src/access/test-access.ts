// For tests: access over a fresh database, a clock to turn, customers as the vault makes them, and clients of any role.
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Role } from "../kernel/vocabulary.ts";
import { authorityDigest, openKeys, openLocalKeyring, type Keys } from "../keys/keys.ts";
import { fileSignerMemory, openLedger, type Ledger } from "../ledger/ledger.ts";
import { sql } from "../postgres/sql.ts";
import { openTestDatabase, type TestDatabase } from "../postgres/test-database.ts";
import { openAccess, type Access, type AuthorityAnomaly, type Authenticated, type ClientRequest } from "./access.ts";
import { assignmentsDigest } from "./assignment-row.ts";
import { sealCustomerState } from "./customer-state.ts";

export const GOVERNANCE = join(import.meta.dirname, "../../governance/access");
export const DAY_MS = 86_400_000;
const TEST_SHARD = 1;

export interface TestStorage {
  readonly db: TestDatabase;
  readonly keys: Keys;
  readonly ledger: Ledger;
  /** Everything reported so far. */
  readonly anomalies: AuthorityAnomaly[];
  /** Turns the clock. */
  readonly pass: (ms: number) => void;
  readonly now: () => Date;
  /** A server process on this storage: it remembers nothing. */
  readonly another: () => Promise<Access>;
  /** A customer as the vault makes one. */
  readonly customer: () => Promise<Uuid>;
  readonly close: () => Promise<void>;
}

export interface TestAccess extends TestStorage {
  readonly access: Access;
}

export async function openTestAccess(): Promise<TestAccess> {
  const storage = await openTestStorage();
  return { ...storage, access: await storage.another() };
}

/** Everything but access: nobody has started yet. */
export async function openTestStorage(): Promise<TestStorage> {
  const db = await openTestDatabase();
  const folder = await mkdtemp(join(tmpdir(), "uberrima-access-"));
  let offsetMs = 0;
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const { provider, buckets } = await openLocalKeyring({ folder: join(folder, "keys") });
  const keys = await openKeys({
    database: db.database,
    provider,
    buckets,
    leaseSeconds: 5,
    clock,
    refreshSeconds: 0.2,
    retireAfterSeconds: 0,
  });
  const ledger = await openLedger({
    database: db.database,
    keys,
    clock,
    origin: "ledger.test/access",
    logShard: TEST_SHARD,
    signerMemory: fileSignerMemory(join(folder, "signer")),
  });
  const anomalies: AuthorityAnomaly[] = [];
  const open = (): Promise<Access> =>
    openAccess({
      database: db.database,
      keys,
      ledger,
      clock,
      governanceFolder: GOVERNANCE,
      onAnomaly: (anomaly) => anomalies.push(anomaly),
    });
  return {
    db,
    keys,
    ledger,
    anomalies,
    pass: (ms) => {
      offsetMs += ms;
    },
    now: () => clock.now(),
    another: open,
    customer: () => makeCustomer({ db, keys, ledger }),
    close: async () => {
      keys.close();
      await db.close();
      await rm(folder, { recursive: true });
    },
  };
}

async function makeCustomer({ db, keys, ledger }: Pick<TestAccess, "db" | "keys" | "ledger">): Promise<Uuid> {
  const place = { customerId: newId(), revision: 1, act: newId() };
  const digest = assignmentsDigest([]);
  const authority = sealCustomerState(keys, place, {
    kind: "person",
    status: "active",
    flags: [],
    assignmentsDigest: digest,
    linksDigest: authorityDigest("links", []),
  });
  await db.database.transaction(async (tx) => {
    await tx.query(
      sql`insert into customer (customer_id, log_shard, revision, act, authority)
          values (${place.customerId}, ${TEST_SHARD}, 1, ${place.act}, ${authority})`,
    );
    await ledger.appendIn(tx, [
      {
        entryId: place.act,
        kind: "customer-create",
        outcome: "done",
        actorId: null,
        customerId: place.customerId,
        recipientId: null,
        purpose: null,
        basis: null,
        classes: [],
        withheld: false,
        detail: { authority: [{ row: "customer", id: place.customerId, revision: 1, digest: null }] },
        guard: { actorRevision: null, customerRevision: null, policyRevision: null },
      },
    ]);
  });
  return place.customerId;
}

/** The first administrator, signed in. */
export async function administrator(access: Access): Promise<Authenticated> {
  const { token } = await access.bootstrapAdministrator({ name: "First administrator" });
  return signedIn(access, token);
}

export async function signedIn(access: Access, token: string): Promise<Authenticated> {
  const principal = await access.authenticate(token);
  if (principal === null) throw new Error("the token was refused");
  return principal;
}

/** What may be asked for a client of the role: all it allows, or one purpose and class where it must be few. */
export function requestFor(access: Access, role: Role, changes: Partial<ClientRequest> = {}): ClientRequest {
  const rules = access.roles[role];
  const rowScope = rules.rowScopes[0] ?? "none";
  const sees = rowScope !== "none";
  return {
    role,
    name: `A client for ${role}`,
    purposes: rules.purposes.slice(0, rules.purposesMax ?? rules.purposes.length),
    rowScope,
    groups: rowScope === "groups" ? [newId()] : [],
    entities: sees ? ["life-co"] : [],
    lines: sees ? ["life"] : [],
    classCeiling: rules.classCeilingNeeded ? ["identity"] : null,
    expiresAt: null,
    ...changes,
  };
}

export async function makeClient(
  access: Access,
  admin: Authenticated,
  role: Role,
  changes: Partial<ClientRequest> = {},
): Promise<{ principal: Authenticated; token: string }> {
  const { token } = await access.createClient(requestFor(access, role, changes), admin);
  return { principal: await signedIn(access, token), token };
}

/** Runs what must fail, and returns the code it failed with. */
export async function codeOf(work: () => Promise<unknown>): Promise<string> {
  try {
    await work();
  } catch (error) {
    if (error instanceof Error && "code" in error) return String(error.code);
    throw error;
  }
  throw new Error("it was allowed");
}
