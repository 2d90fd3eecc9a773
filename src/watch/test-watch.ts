// For tests: the real watch before the real gate, members of staff who are signed in, and customers who live next to them.
import { cpSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Authenticated } from "../access/access.ts";
import { openAuthorityRows } from "../authority/authority.ts";
import type { Gate } from "../disclosure/disclosure.ts";
import { CLAIM_TERMS, openTestGate, type TestCustomer, type TestGate } from "../disclosure/test-gate.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { newId } from "../kernel/ids.ts";
import type { Purpose, Role } from "../kernel/vocabulary.ts";
import { openWatch, type RaisedAlert, type StaffProfile, type WatchDomain } from "./watch.ts";

const GOVERNANCE = join(import.meta.dirname, "../../governance/watch");

export interface TestWatch {
  readonly stage: TestGate;
  readonly watch: WatchDomain;
  readonly gate: Gate;
  readonly raised: RaisedAlert[];
  /** Another server process on this storage, with other rules where given: it remembers nothing. */
  another(edit?: (rules: string) => string): { readonly watch: WatchDomain; readonly gate: Gate };
  staff(role: Role, purposes: readonly Purpose[], profile?: Partial<StaffProfile>): Promise<Authenticated>;
  /** A person at an address, with one claim. */
  person(of: TestPerson): Promise<TestCustomer>;
  follow(): Promise<void>;
  pass(milliseconds: number): void;
  close(): Promise<void>;
}

export interface TestPerson {
  readonly firstName?: string;
  readonly lastName: string;
  readonly street?: string;
  readonly phone?: string;
}

export const PURPOSE = "claim-handling";
const PROFILE: StaffProfile = {
  firstName: null,
  lastName: "Ashworth",
  birthDate: null,
  street: null,
  postcode: null,
  country: "US",
  phones: [],
  emails: [],
  customerId: null,
};

export async function openTestWatch(): Promise<TestWatch> {
  const stage = await openTestGate();
  const raised: RaisedAlert[] = [];
  let offsetMs = 0;
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const { keys, ledger, access, vault, admin } = stage;
  const another: TestWatch["another"] = (edit) => {
    const watch = openWatch({
      database: stage.db.database,
      keys,
      ledger,
      access,
      authority: openAuthorityRows({ keys, clock, onAnomaly: () => {} }),
      vault,
      clock,
      governanceFolder: edit === undefined ? GOVERNANCE : edited(edit),
      isShared: true,
      roleOf: async (principalId) => (await access.reread(principalId))?.role ?? null,
      onAlert: (alert) => raised.push(alert),
      onFailure: (failure) => {
        throw failure;
      },
    });
    return { watch, gate: stage.gateWith({ watch, clock }) };
  };
  const { watch, gate } = another();
  return {
    stage,
    watch,
    gate,
    raised,
    another,
    staff: async (role, purposes, profile) => {
      const principalId = await makeStaff(stage, role, purposes);
      if (profile !== undefined) await watch.setProfile({ principalId, profile: { ...PROFILE, ...profile } }, admin);
      return signedIn(stage, principalId);
    },
    person: (of) => makePerson(stage, of),
    follow: () => watch.look(new AbortController().signal),
    pass: (milliseconds) => {
      offsetMs += milliseconds;
    },
    close: () => stage.close(),
  };
}

function edited(edit: (rules: string) => string): string {
  const folder = mkdtempSync(join(tmpdir(), "watch-"));
  cpSync(GOVERNANCE, folder, { recursive: true });
  const file = join(folder, "rules.yaml");
  writeFileSync(file, edit(readFileSync(file, "utf8")));
  return folder;
}

async function makeStaff({ access, admin }: TestGate, role: Role, purposes: readonly Purpose[]): Promise<Uuid> {
  const rowScope = access.roles[role].rowScopes.find((scope) => scope !== "groups") ?? "none";
  const scope = { purposes, rowScope, groups: [], classCeiling: null, expiresAt: null };
  const reach = rowScope === "none" ? { entities: [], lines: [] } : { entities: ["life-co"], lines: ["life" as const] };
  return access.createStaff({ role, name: `Somebody in ${role}`, ...scope, ...reach }, admin);
}

async function signedIn({ access }: TestGate, principalId: Uuid): Promise<Authenticated> {
  const found = await access.reread(principalId);
  if (found === null) throw new Error("the member of staff is not in force");
  const at = new Date(Date.now() - 3_600_000);
  return {
    ...found,
    signIn: { sessionId: newId(), methods: ["password", "totp"], at, strongAt: at, phishingResistantAt: at },
  };
}

function makePerson(
  stage: TestGate,
  { firstName = "Iris", lastName, street, phone }: TestPerson,
): Promise<TestCustomer> {
  const home = { city: "Fargo", region: "ND", postcode: "58102", country: "US" };
  return stage.customer([
    {
      kind: "relationship",
      records: {
        person: { "first-name": firstName, "last-name": lastName, "birth-date": "1968-04-12" },
        ...(street === undefined ? {} : { address: { line1: street, ...home } }),
        ...(phone === undefined ? {} : { contact: { phone } }),
      },
    },
    { kind: "claim", records: { claim: { number: `CL-${newId().slice(-8)}`, status: "in-process" } } },
  ]);
}

/** The claim in hand, its number asked for. */
export const asking = ({ customerId, unitIds }: TestCustomer, justification: string | null = null) => ({
  ...CLAIM_TERMS,
  fields: ["claim.number"],
  justification,
  subjects: [{ customerId, unitId: unitIds[1] ?? null, recordIds: null }],
});
