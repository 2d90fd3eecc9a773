// For tests: a whole server with a clock to turn, people of several roles who ask over HTTP, and an auto claim in an adjuster's hands.
import assert from "node:assert/strict";
import type { Uuid } from "../kernel/bytes.ts";
import type { Purpose, Role } from "../kernel/vocabulary.ts";
import { type Answer, listIn, type Person, personAt } from "../../test/attacks/test-stage.ts";
import { startTestServer, type TestServer } from "../test-server.ts";

const PLACE = { entity: "acme", brand: "acme", line: "auto" };
const HOUR_MS = 3_600_000;

export interface TestFileOf {
  readonly customerId: string;
  readonly claimId: string;
}

/** What a member of staff signed in with just now. */
type Shown = "passkey" | "totp" | "password";

export interface GrantStage {
  readonly server: TestServer;
  readonly admin: Person;
  readonly adjuster: Person;
  readonly compliance: Person;
  readonly dpo: Person;
  readonly file: TestFileOf;
  pass(hours: number): void;
  hire(role: Role, purposes: readonly Purpose[]): Promise<Person>;
  /** A member of staff, signed in. */
  staff(role: Role, purposes: readonly Purpose[], shown: Shown): Promise<Person>;
  newFile(): Promise<TestFileOf>;
  assign(to: Person, file: TestFileOf, kind?: string): Promise<void>;
  ask(by: Person, fields: readonly string[] | null, more?: object): Promise<Answer>;
  close(): Promise<void>;
}

export async function openGrantStage(settings: Readonly<Record<string, string>> = {}): Promise<GrantStage> {
  let offsetMs = 0;
  const clock = { now: () => new Date(Date.now() + offsetMs) };
  const server = await startTestServer({
    clock,
    settings: { UBERRIMA_REQUESTS_PER_MINUTE_CLIENT: "100000", UBERRIMA_LEASE_SECONDS: "30", ...settings },
  });
  const admin = personAt(server.url, server.admin.principalId, server.admin.token);
  const hire = async (role: Role, purposes: readonly Purpose[]): Promise<Person> => {
    const rowScope = server.app.domains.access.roles[role].rowScopes.find((each) => each !== "groups") ?? "none";
    const { principalId, token } = await server.createClient({ role, purposes: [...purposes], rowScope });
    return personAt(server.url, principalId, token);
  };
  const maker = await hire("underwriter", ["underwriting"]);
  const newFile = (): Promise<TestFileOf> => makeFile(maker);
  const assign: GrantStage["assign"] = async (to, { customerId, claimId }, kind = "claim") => {
    const draft = { customerId, unitId: claimId, clientId: to.clientId, kind };
    const { status, text } = await admin.ask("POST", "/v1/assignments", draft);
    assert.equal(status, 201, text);
  };
  const adjuster = await hire("claims-adjuster", ["claim-handling", "emergency"]);
  const file = await newFile();
  await assign(adjuster, file);
  return {
    server,
    admin,
    adjuster,
    compliance: await hire("compliance", ["audit"]),
    dpo: await hire("dpo", ["data-subject-request"]),
    file,
    pass: (hours) => (offsetMs += hours * HOUR_MS),
    hire,
    staff: (role, purposes, shown) => signedIn(server, { role, purposes, shown }),
    newFile,
    assign,
    ask: (by, fields, more = {}) =>
      by.ask("POST", "/v1/disclosures", {
        customerId: file.customerId,
        workContext: { unitId: file.claimId },
        ...(fields === null ? {} : { fields }),
        purpose: "claim-handling",
        justification: "needed by the test",
        ...more,
      }),
    close: () => server.stop(),
  };
}

interface Signing {
  readonly role: Role;
  readonly purposes: readonly Purpose[];
  readonly shown: Shown;
}

async function signedIn({ app, admin, url }: TestServer, { role, purposes, shown }: Signing): Promise<Person> {
  const { access, signIns } = app.domains;
  const actor = await access.authenticate(admin.token, true);
  assert.ok(actor !== null);
  const request = {
    role,
    name: "Ada",
    purposes,
    rowScope: access.roles[role].rowScopes.find((each) => each !== "groups") ?? "none",
    groups: [],
    entities: ["acme"],
    lines: ["auto"],
    classCeiling: null,
    expiresAt: null,
  } as const;
  const principalId = await access.createStaff(request, actor);
  const began = await signIns.sessions.start({
    principalId,
    methods: shown === "passkey" ? ["passkey"] : shown === "totp" ? ["password", "totp"] : ["password"],
    isStrong: shown !== "password",
    isPhishingResistant: shown === "passkey",
    lifetimeSeconds: 24 * 3600,
    idleSeconds: 24 * 3600,
    device: "a browser",
    address: "127.0.0.1",
  });
  return personAt(url, principalId, began.token);
}

async function makeFile(maker: Person): Promise<TestFileOf> {
  const records = [
    { type: "claim", fields: { number: "CL-7", narrative: "rear-ended at a light" } },
    { type: "driving", fields: { "annual-mileage": "12000" } },
    { type: "medical", fields: { diagnosis: "whiplash" } },
    {
      type: "bank-account",
      fields: { "holder-name": "Mara Holloway", "account-number": "1234567890", "bank-name": "First Bank" },
    },
  ];
  const person = {
    type: "person",
    fields: { "first-name": "Mara", "last-name": "Holloway", "birth-date": "1971-03-09" },
  };
  const { status, text, body } = await maker.ask("POST", "/v1/customers", {
    kind: "person",
    units: [
      { kind: "relationship", ...PLACE, records: [person] },
      { kind: "claim", ...PLACE, records },
    ],
  });
  assert.equal(status, 201, text);
  const [, claim] = listIn(body, "units");
  return { customerId: String(body["customerId"]), claimId: String(claim?.["unitId"]) };
}

/** The form of the one field asked for. */
export function formOf(answer: Answer): string {
  const [field] = listIn(answer.body, "fields");
  return String(field?.["form"] ?? answer.body["code"]);
}

export function reasonsOf(answer: Answer): string[] {
  return listIn(answer.body, "fields").flatMap((field) => listIn(field, "reasons").map(({ code }) => String(code)));
}

export async function grantOf(by: Person, body: object): Promise<Uuid> {
  const { status, text, body: made } = await by.ask("POST", "/v1/grants", body);
  assert.equal(status, 201, text);
  return String(made["grantId"]) as Uuid;
}

export async function decide(by: Person, grantId: string, approves = true): Promise<Answer> {
  return by.ask("POST", `/v1/grants/${grantId}/decisions`, { approves });
}
