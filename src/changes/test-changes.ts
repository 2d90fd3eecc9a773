// For tests: agents who have customers on the telephone, the changes they ask for, and the hours after.
import assert from "node:assert/strict";
import type { Client } from "../../sdk/client.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import { asId } from "../kernel/ids.ts";
import type { AssignmentKind } from "../kernel/vocabulary.ts";
import { openTestPortal, type TestCustomer, type TestPerson, type TestPortal } from "../portal/test-portal.ts";
import type { TestServerOptions } from "../test-server.ts";

const HOUR_MS = 3_600_000;

export interface Agent {
  readonly principalId: Uuid;
  readonly client: Client;
}
export interface Scene {
  readonly customer: TestCustomer;
  /** Where letters go. */
  readonly address: string;
  readonly agent: Agent;
}
export interface Asked {
  readonly customerId: Uuid;
  readonly changeId: Uuid;
  readonly code: string;
}
type Told = Awaited<ReturnType<Client["customers"]["correct"]>>;

export interface TestChanges extends TestPortal {
  readonly clock: Clock;
  /** A csr with the customer on the telephone, unless another kind of assignment is named. */
  hire(customer: TestCustomer, kind?: AssignmentKind): Promise<Uuid>;
  signedIn(principalId: Uuid): Promise<Client>;
  scene(person?: TestPerson, kind?: AssignmentKind): Promise<Scene>;
  correct(at: Scene, type: string, fields: Record<string, string>, expectedRevision?: number): Promise<Told>;
  add(at: Scene, type: string, fields: Record<string, string>): Promise<Told>;
  /** What was answered, with the code from the letter. */
  asked(at: Scene, told: Told): Promise<Asked>;
  askBank(at: Scene): Promise<Asked>;
  revision(at: Scene, type: string): Promise<number>;
  /** How many records of a type the customer has. */
  count(at: Scene, type: string): Promise<number>;
  /** Lets hours pass, and what is due take effect. */
  later(hours: number): Promise<void>;
  /** What the ledger says was done about somebody, newest first. */
  entries(at: Scene, kind: "grant" | "record-correct" | "record-create" | "disclosure"): Promise<readonly Entry[]>;
  letters(at: Pick<Scene, "address">): string[];
}
interface Entry {
  readonly entryId: Uuid;
  readonly actorId: Uuid | null;
}

let people = 0;

export async function openTestChanges(options: TestServerOptions = {}): Promise<TestChanges> {
  let offsetMs = 0;
  const clock = options.clock ?? { now: () => new Date(Date.now() + offsetMs) };
  const bench = await openTestPortal({ ...options, clock, paperBytes: false });
  return {
    ...bench,
    clock,
    ...hiring(bench),
    ...asking(bench),
    ...reading(bench),
    later: async (hours) => {
      offsetMs += hours * HOUR_MS;
      await bench.server.app.domains.changes.finish();
    },
  };
}

function hiring(bench: TestPortal): Pick<TestChanges, "hire" | "signedIn" | "scene"> {
  const { access, signIns } = bench.server.app.domains;
  const { token } = bench.server.admin;
  const hire: TestChanges["hire"] = async ({ customerId }, kind = "call") => {
    const principalId = await access.createStaff(AGENT, (await access.authenticate(token))!);
    await bench.as(token).assignments.create({ customerId, clientId: principalId, kind });
    return principalId;
  };
  const signedIn: TestChanges["signedIn"] = async (principalId) =>
    bench.as((await signIns.sessions.start({ principalId, ...SESSION })).token);
  const scene: TestChanges["scene"] = async (person, kind) => {
    const email = `payee-${(people += 1)}@mailbox.example`;
    const { phone } = person ?? {};
    const customer = await bench.customer(person ?? { email });
    const principalId = await hire(customer, kind);
    const address = phone === undefined ? (person?.email ?? email) : `${phone.slice(1)}@texts.example`;
    return { customer, address, agent: { principalId, client: await signedIn(principalId) } };
  };
  return { hire, signedIn, scene };
}

function asking(bench: TestPortal): Pick<TestChanges, "correct" | "add" | "asked" | "askBank"> {
  const correct: TestChanges["correct"] = ({ customer, agent }, type, fields, expectedRevision = 1) =>
    agent.client.customers.correct(
      { customerId: customer.customerId, recordId: customer.recordIds.get(type)! },
      { expectedRevision, fields, reason: "the caller says so" },
    );
  const asked: TestChanges["asked"] = async (at, { pending }) => {
    await bench.deliver();
    const code = bench.codeTo(at.address);
    assert.ok(pending !== undefined && code !== null, "it waits, and the letter went to the contact on file");
    return { customerId: at.customer.customerId, changeId: asId(pending.changeId), code };
  };
  return {
    correct,
    asked,
    add: ({ agent, customer: { customerId, relationshipId: unitId } }, type, fields) =>
      agent.client.customers.addRecord(customerId, { unitId, type, fields }),
    askBank: async (at) => asked(at, await correct(at, "bank-account", { "holder-name": "Somebody Else" })),
  };
}

function reading(bench: TestPortal): Pick<TestChanges, "revision" | "count" | "entries" | "letters"> {
  const { ledger, vault } = bench.server.app.domains;
  return {
    revision: async ({ customer }, type) => {
      const at = { recordId: customer.recordIds.get(type)! };
      return (await vault.loadRecords([customer.customerId], at))[0]!.record.revision;
    },
    count: async ({ customer }, type) =>
      (await vault.loadRecords([customer.customerId], { recordTypes: [type] })).length,
    entries: async ({ customer: { customerId } }, kind) =>
      (await ledger.list({ kinds: [kind], customerId }, { limit: 50 }, "cleared")).items,
    letters: ({ address }) =>
      bench.smtp.letters.filter(({ to }) => JSON.stringify(to).includes(address)).map(({ subject }) => subject ?? ""),
  };
}

const AGENT = {
  name: "Agent",
  role: "csr",
  purposes: ["policy-servicing"],
  rowScope: "assignments",
  groups: [],
  entities: ["acme"],
  lines: ["auto"],
  classCeiling: null,
  expiresAt: null,
} as const;
/** A second factor was shown. */
const SESSION = {
  methods: ["password", "totp"],
  isStrong: true,
  isPhishingResistant: false,
  lifetimeSeconds: 86_400,
  idleSeconds: 86_400,
  device: "",
  address: "",
} as const;
