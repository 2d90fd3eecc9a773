// The governance files of access: what ships is valid and true to the domain notes, and every slip of the pen stops the server.
import assert from "node:assert/strict";
import { cp, mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, test } from "node:test";
import { ROLES, type Purpose, type Role } from "../kernel/vocabulary.ts";
import { AccessError } from "./access.ts";
import { ACTIONS } from "./actions.ts";
import { loadAdministration } from "./administration.ts";
import { loadRoles } from "./roles.ts";
import { GOVERNANCE } from "./test-access.ts";

let folder: string;
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "uberrima-governance-"));
  await cp(GOVERNANCE, folder, { recursive: true });
});
afterEach(() => rm(folder, { recursive: true }));

/** The faults that a change of a shipped file leads to. */
async function faultsOf(file: "roles.yaml" | "administration.yaml", from: string, to: string): Promise<string> {
  const path = join(folder, file);
  const text = await readFile(path, "utf8");
  assert.ok(text.includes(from), "the shipped file has changed under this test");
  await writeFile(path, text.replace(from, to));
  try {
    loadAdministration(folder, loadRoles(folder));
  } catch (error) {
    assert.ok(error instanceof AccessError && error.code === "bad-governance");
    return error.message;
  }
  throw new Error("the fault was not seen");
}

// Domain notes, section 6, copied by hand. "Any staff role: emergency" is checked beside it.
const STATED: Partial<Record<Role, readonly Purpose[]>> = {
  agent: ["quote", "policy-servicing"],
  csr: ["policy-servicing", "claim-handling", "complaint", "data-subject-request"],
  billing: ["billing"],
  underwriter: ["quote", "underwriting"],
  "claims-adjuster": ["claim-handling", "subrogation"],
  "medical-reviewer": ["medical-review", "claim-handling"],
  "siu-investigator": ["fraud-investigation"],
  actuary: ["actuarial"],
  compliance: ["audit", "complaint", "statutory-reporting", "regulator-exam"],
  dpo: ["data-subject-request", "incident-response", "complaint", "audit"],
  "security-admin": ["incident-response"],
  "internal-auditor": ["audit"],
  litigation: ["litigation"],
  "defence-counsel": ["litigation"],
  tpa: ["claim-handling", "policy-servicing", "vendor-processing"],
  reinsurer: ["reinsurance"],
  "repair-shop": ["vendor-processing", "medical-review"],
  "medical-provider": ["vendor-processing", "medical-review"],
  "plan-sponsor": ["group-administration"],
  "regulator-examiner": ["regulator-exam"],
  "law-enforcement": ["legal-demand"],
  // Not in that table: what customers come for, as in test/matrix/purposes.csv.
  policyholder: ["policy-servicing", "claim-handling", "complaint", "data-subject-request"],
};
const STAFF: readonly Role[] = [
  "agent",
  "csr",
  "billing",
  "underwriter",
  "claims-adjuster",
  "medical-reviewer",
  "siu-investigator",
  "actuary",
  "compliance",
  "dpo",
  "security-admin",
  "internal-auditor",
  "it-admin",
  "litigation",
];

test("no role may state a purpose that the role-purpose table does not give it", () => {
  const roles = loadRoles(GOVERNANCE);
  for (const role of ROLES) {
    if (role === "service-account" || role === "access-admin") continue;
    const allowed = [...(STATED[role] ?? []), ...(STAFF.includes(role) ? ["emergency"] : [])];
    assert.deepEqual(
      roles[role].purposes.filter((purpose) => !allowed.includes(purpose)),
      [],
      role,
    );
  }
  assert.deepEqual(roles["access-admin"].purposes, ["administration"]);
});

test("every purpose of the table can be stated by each role it names, and emergency by all staff", () => {
  const roles = loadRoles(GOVERNANCE);
  for (const [role, purposes] of Object.entries(STATED) as [Role, Purpose[]][]) {
    // A repair shop reviews nothing medical: the table gives the two purposes to it and to medical providers together.
    const own = role === "repair-shop" ? purposes.filter((purpose) => purpose !== "medical-review") : purposes;
    for (const purpose of own) assert.ok(roles[role].purposes.includes(purpose), `${role} ${purpose}`);
  }
  for (const role of STAFF) assert.ok(roles[role].purposes.includes("emergency"), role);
});

test("a service account has one purpose, names its classes, and never reaches all rows", () => {
  const account = loadRoles(GOVERNANCE)["service-account"];
  assert.equal(account.purposesMax, 1);
  assert.equal(account.classCeilingNeeded, true);
  assert.equal(account.rowScopes.includes("everything-masked"), false);
  assert.equal(account.purposes.includes("emergency"), false);
});

test("every action can be taken by somebody, and says why", () => {
  const rights = loadAdministration(GOVERNANCE, loadRoles(GOVERNANCE));
  for (const action of ACTIONS) {
    assert.ok(Object.keys(rights[action].roles).length > 0, action);
    assert.ok(rights[action].why.length > 10, action);
  }
});

test("a fault is named with its file and line", async () => {
  const faults = await faultsOf("roles.yaml", "purposes: [billing, emergency]", "purposes: [billing, emergencies]");
  const lines = (await readFile(join(folder, "roles.yaml"), "utf8")).split("\n");
  const line = 1 + lines.findIndex((each) => each.includes("emergencies"));
  assert.match(faults, new RegExp(`roles\\.yaml:${line}:\\d+: .*emergencies`));
});

const SLIPS: readonly (readonly [
  what: string,
  file: "roles.yaml" | "administration.yaml",
  from: string,
  to: string,
])[] = [
  ["a role that is missing", "roles.yaml", "  csr:\n", "  csrs:\n"],
  ["a member nobody knows", "roles.yaml", "rowScopes: [everything-masked]", "rowScope: [everything-masked]"],
  ["a scope nobody knows", "roles.yaml", "rowScopes: [everything-masked]", "rowScopes: [everything]"],
  ["a purpose that stands twice", "roles.yaml", "[billing, emergency]", "[billing, billing]"],
  ["a role without purposes that may have clients", "roles.yaml", "[billing, emergency]", "[]"],
  ["text that is no YAML", "roles.yaml", "roles:", "roles: ["],
  ["another version", "administration.yaml", "version: 1", "version: 2"],
  ["an action nobody knows", "administration.yaml", "  key.rotate:", "  key.rotates:"],
  ["an action that is missing", "administration.yaml", "  ledger.read:\n", "  ledger.reads:\n"],
  ["a right of a role no client has", "administration.yaml", "{ dpo: any }", "{ dpo: any, beneficiary: any }"],
  [
    "a right under a purpose the role may not state",
    "administration.yaml",
    "billing: [billing]",
    "billing: [marketing]",
  ],
  ["a right under no purpose at all", "administration.yaml", "billing: [billing]", "billing: []"],
];
for (const [what, file, from, to] of SLIPS) {
  test(`${what} stops the server`, async () => {
    assert.match(await faultsOf(file, from, to), new RegExp(`${file.replace(".", "\\.")}:\\d+:\\d+: `));
  });
}

const MIXTURES: readonly (readonly [what: string, from: string, to: string, breaks: string])[] = [
  [
    "who grants may also flag",
    "roles: { dpo: any, compliance: any }",
    "roles: { dpo: any, access-admin: any }",
    "who-grants-cannot-use",
  ],
  [
    "who works on claims may also assign",
    "roles: { access-admin: any, service-account: [administration] }",
    "roles: { access-admin: any, claims-adjuster: any }",
    "who-grants-cannot-use",
  ],
  [
    "a feed may grant under the purpose it creates customers with",
    "roles: { access-admin: any, service-account: [administration] }",
    "roles: { access-admin: any, service-account: [policy-servicing] }",
    "who-grants-cannot-use",
  ],
  [
    "an auditor may alter",
    "roles: { dpo: any }",
    "roles: { dpo: any, internal-auditor: any }",
    "auditors-alter-nothing",
  ],
  [
    "security may read openings",
    "roles: { internal-auditor: any, compliance: any, dpo: any }",
    "roles: { internal-auditor: any, security-admin: any }",
    "administrators-see-nothing",
  ],
  [
    "who requests an erasure may finish it",
    "  erasure.finish:\n    why: The server destroys the old key by itself once every lease has run out.\n    roles: { system: any }",
    "  erasure.finish:\n    why: x\n    roles: { system: any, dpo: any }",
    "who-requests-does-not-finish",
  ],
];
for (const [what, from, to, breaks] of MIXTURES) {
  test(`a table in which ${what} stops the server`, async () => {
    assert.match(
      await faultsOf("administration.yaml", from, to),
      new RegExp(`administration\\.yaml:\\d+:\\d+: ${breaks}`),
    );
  });
}

test("a granting role that gains another purpose stops the server", async () => {
  const faults = await faultsOf(
    "roles.yaml",
    "    purposes: [administration]",
    "    purposes: [administration, audit]",
  );
  assert.match(faults, /who-grants-cannot-use: access-admin may state audit/);
});

test("a missing file stops the server", async () => {
  await rm(join(folder, "roles.yaml"));
  assert.throws(() => loadRoles(folder), { code: "bad-governance" });
});
