// The whole least-privilege matrix against the policies: the letters of test/matrix are read here by a small interpreter of their own.
import assert from "node:assert/strict";
import { test } from "node:test";
import {
  ASSIGNMENT_KINDS,
  DATA_CLASSES,
  PURPOSES,
  ROLES,
  type AssignmentKind,
  type DataClass,
  type Form,
  type Purpose,
  type Role,
} from "../../kernel/vocabulary.ts";
import { blindInput, decideAll, type DecisionInput } from "./policy.ts";
import { isBarred, isJudgedForTheSubject } from "./test-judged.ts";
import { ADJUSTER, readMatrix, shippedPolicies } from "./test-policies.ts";

interface Row {
  readonly role: Role;
  readonly kinds: readonly AssignmentKind[];
  readonly ownGroup: boolean;
  /** A system is assigned by any kind. */
  readonly anyKind: boolean;
  readonly letters: Readonly<Record<string, string>>;
}

const CUSTOMERS: readonly Role[] = ["policyholder", "dependant-policyholder", "beneficiary"];
const STATED = new Map(readMatrix("purposes.csv").map(({ role, purposes }) => [role, purposes?.split(" ") ?? []]));
const PEOPLE = new Map(readMatrix("least-privilege.csv").map((letters) => [letters["role"], rowOf(letters)]));
const SYSTEMS = new Map(readMatrix("service-account.csv").map((letters) => [letters["purpose"], systemRow(letters)]));

function rowOf(letters: Readonly<Record<string, string>>): Row {
  const role = ROLES.find((name) => name === letters["role"]);
  assert.ok(role !== undefined, "a role of the vocabulary");
  const kinds = ASSIGNMENT_KINDS.filter((kind) => letters["kinds"]?.split(" ").includes(kind));
  return { role, kinds, ownGroup: letters["own-group"] === "yes", anyKind: false, letters };
}

function systemRow(letters: Readonly<Record<string, string>>): Row {
  return { role: "service-account", kinds: ["policy", "claim"], ownGroup: true, anyKind: true, letters };
}

function rowFor(role: Role, purpose: Purpose): Row | undefined {
  return role === "service-account" ? SYSTEMS.get(purpose) : PEOPLE.get(role);
}

/** The interpreter: from a letter and a situation to a form. Nothing here is read from the policies. */
function expected(row: Row, input: DecisionInput): Form {
  if (!isInRows(row, input)) return "denied";
  const letter = row.letters[input.dataClass] ?? "?";
  if (input.dataClass === "specially-protected-health" && letter === "X" && !hasOrder(input)) return "denied";
  if (
    row.role === "csr" &&
    input.purpose === "data-subject-request" &&
    !["identity", "contact"].includes(input.dataClass)
  )
    return "denied";
  if (isBarred(input)) return "denied";
  switch (letter) {
    case "F":
      return isSelf(input) ? "clear" : "denied";
    case "P":
      return isInHand(row, input) || isJudgedForTheSubject(input) ? "clear" : "denied";
    case "P (reviewed)":
      return isInHand(row, input) && input.privilegeReviewed ? "clear" : "denied";
    case "P (agreed)":
      return isInHand(row, input) && input.authorizationCovers ? "clear" : "denied";
    case "M (health lines: P verified)":
    case "P (verified)":
      if (letter.startsWith("M") && input.line !== "health") return "masked";
      if (!isInHand(row, input)) return "denied";
      return input.callerVerified || input.breakGlass ? "clear" : "masked";
    case "A (work status: P)":
      return input.trait === "work-status" && input.line === "workers-compensation" && isInHand(row, input)
        ? "clear"
        : "denied";
    case "M":
      return isOwnRelation(row, input) ? "masked" : "denied";
    case "M*":
      return isOwnRelation(row, input) && !input.protectionOrder ? "masked" : "denied";
    case "T":
      return "token";
    case "own":
      return isOwnRelation(row, input) && input.trait === "payout-share" ? "clear" : "denied";
    case "X":
      if (isJudgedForTheSubject(input)) return "clear";
      return hasGround(row, input) && (row.kinds.length === 0 || isInHand(row, input)) && !input.breakGlass
        ? "clear"
        : "denied";
    case "A":
    case "-":
      return "denied";
    default:
      throw new Error(`unknown letter ${letter}`);
  }
}

function isInRows(row: Row, input: DecisionInput): boolean {
  if (CUSTOMERS.includes(row.role)) return input.relationship !== "none";
  if (input.breakGlass || input.rowScope === "everything-masked") return true;
  if (row.role === "law-enforcement" && hasOrder(input)) return true;
  return (input.rowScope !== "none" && input.assignment !== "none") || (input.rowScope === "groups" && input.ownGroup);
}

function isInHand(row: Row, input: DecisionInput): boolean {
  if (row.role === "policyholder") return isSelf(input) && input.caseOpen;
  if (input.breakGlass) return true;
  if (row.ownGroup && input.ownGroup && input.rowScope === "groups") return true;
  const fits = row.kinds.some((kind) => kind === input.assignment) || (row.anyKind && input.assignment !== "none");
  return fits && input.caseOpen;
}

/** The customer, or who may act for the customer. */
function isSelf(input: DecisionInput): boolean {
  return input.relationship === "self" || (input.relationship === "representative" && input.authorizationCovers);
}

function isOwnRelation(row: Row, input: DecisionInput): boolean {
  if (row.role === "policyholder") return isSelf(input);
  if (row.role === "dependant-policyholder") return input.relationship === "dependant";
  return row.role !== "beneficiary" || input.relationship === "beneficiary";
}

function hasOrder(input: DecisionInput): boolean {
  return input.authorizationCovers || input.legalProcessCovers;
}

function hasGround(row: Row, input: DecisionInput): boolean {
  return hasOrder(input) || (input.twoPersonApproval && row.role !== "law-enforcement");
}

function wrongKind(row: Row): AssignmentKind | undefined {
  return ASSIGNMENT_KINDS.find((kind) => !row.kinds.includes(kind) && !["case", "exam"].includes(kind));
}

/** Everything that the letters speak of, one at a time. */
function situations(row: Row): Partial<DecisionInput>[] {
  if (CUSTOMERS.includes(row.role)) {
    const relations = ["none", "self", "dependant", "beneficiary", "representative"] as const;
    return relations.flatMap((relationship) => [
      { rowScope: "none", assignment: "none", relationship },
      { rowScope: "none", assignment: "none", relationship, caseOpen: false },
      { rowScope: "none", assignment: "none", relationship, authorizationCovers: true },
      {
        rowScope: "none",
        assignment: "none",
        relationship,
        protectionOrder: relationship === "dependant",
        trait: "payout-share",
      },
    ]);
  }
  const assigned: Partial<DecisionInput> = { rowScope: "assignments", assignment: row.kinds[0] ?? "case" };
  return [
    { rowScope: "assignments", assignment: "none" },
    { rowScope: "none" },
    { rowScope: "groups", assignment: "none" },
    assigned,
    ...row.kinds.slice(1).map((assignment) => ({ ...assigned, assignment })),
    { ...assigned, caseOpen: false },
    { ...assigned, assignment: wrongKind(row) ?? "none" },
    { rowScope: "groups", assignment: "none", ownGroup: true },
    { rowScope: "assignments", assignment: "none", ownGroup: true },
    ALL_MASKED,
    { rowScope: "groups", assignment: wrongKind(row) ?? "none", ownGroup: false, authorizationCovers: true },
    { rowScope: "groups", assignment: "none", ownGroup: true, legalProcessCovers: true },
    { ...assigned, caseOpen: false, authorizationCovers: true, twoPersonApproval: true, legalProcessCovers: true },
    { ...assigned, authorizationCovers: true },
    { ...assigned, twoPersonApproval: true },
    ...(["role-duty", "rights-request"] as const).map((basis) => ({ ...assigned, releaseJudged: true, basis })),
    { ...assigned, legalProcessCovers: true, privilegeReviewed: true },
    { rowScope: "assignments", assignment: "none", authorizationCovers: true, twoPersonApproval: true },
    { rowScope: "assignments", assignment: "none", legalProcessCovers: true },
    { ...assigned, callerVerified: true },
    { ...assigned, caseOpen: false, callerVerified: true },
    { rowScope: "assignments", assignment: "none", callerVerified: true },
    { ...assigned, line: "health", callerVerified: true },
    { ...assigned, line: "health" },
    { ...assigned, line: "health", caseOpen: false },
    { ...assigned, line: "workers-compensation", trait: "work-status" },
  ];
}

/** For a system these tell its permits apart, one for each purpose; for people the purpose changes no cell. */
function main(row: Row): Partial<DecisionInput>[] {
  const [unassigned = {}, , , assigned = {}] = situations(row);
  if (!row.anyKind) return [unassigned, assigned, ALL_MASKED, favourable(row)];
  const closed = { ...assigned, caseOpen: false };
  const outsideGroup = { ...closed, rowScope: "groups", ownGroup: false } as const;
  return [unassigned, assigned, closed, outsideGroup, { rowScope: "groups", ownGroup: true }, favourable(row)];
}

/** A line of business or a trait matters to the letters of one class. */
function classesIn(situation: Partial<DecisionInput>): readonly DataClass[] {
  return situation.line === undefined ? DATA_CLASSES : ["identity", "health"];
}

const ALL_MASKED: Partial<DecisionInput> = { rowScope: "everything-masked", assignment: "none" };

const FAVOURABLE: Partial<DecisionInput> = {
  rowScope: "groups",
  ownGroup: true,
  authorizationCovers: true,
  twoPersonApproval: true,
  legalProcessCovers: true,
  privilegeReviewed: true,
};

function favourable(row: Row): Partial<DecisionInput> {
  if (CUSTOMERS.includes(row.role))
    return { ...FAVOURABLE, relationship: row.role === "beneficiary" ? "beneficiary" : "self", assignment: "none" };
  return { ...FAVOURABLE, assignment: row.kinds[0] ?? "case" };
}

function inputFor(row: Row, purpose: Purpose, dataClass: DataClass, situation: Partial<DecisionInput>): DecisionInput {
  const neutral = { ...blindInput(ADJUSTER), line: "auto", callerVerified: true } as const;
  return { ...neutral, role: row.role, purpose, dataClass, ...situation };
}

/** Where nothing is expected only the token form is asked about: what permits more permits that too (decide.test.ts). */
function assertMatrix(row: Row, inputs: readonly DecisionInput[]): void {
  for (const input of inputs) {
    const form = expected(row, input);
    const [decided] = decideAll(shippedPolicies(), [input], form === "denied" ? "token" : "clear");
    assert.equal(decided?.form, form, JSON.stringify(input));
  }
}

test("what is aggregates only says so, wherever the letter is A", () => {
  const rows = [...PEOPLE.values(), ...SYSTEMS.values()];
  const cells = rows.flatMap((row) =>
    DATA_CLASSES.filter((name) => row.letters[name]?.startsWith("A")).map((dataClass) => ({ row, dataClass })),
  );
  assert.ok(cells.length > 5);
  for (const { row, dataClass } of cells) {
    const purpose = PURPOSES.find((name) => name === (row.letters["purpose"] ?? STATED.get(row.role)?.[0]));
    assert.ok(purpose !== undefined);
    const [decided] = decideAll(shippedPolicies(), [inputFor(row, purpose, dataClass, favourable(row))]);
    assert.ok(
      decided?.determining.some((id) => id.endsWith("aggregates-only")),
      `${row.role} ${purpose} ${dataClass}`,
    );
  }
});

test("every role has a row and its purposes", () => {
  for (const role of ROLES) {
    assert.ok(STATED.has(role), role);
    assert.ok(role === "service-account" || PEOPLE.has(role), role);
  }
  assert.deepEqual([...SYSTEMS.keys()], STATED.get("service-account"));
  for (const row of [...PEOPLE.values(), ...SYSTEMS.values()]) {
    for (const dataClass of DATA_CLASSES) assert.ok(row.letters[dataClass] !== undefined, `${row.role} ${dataClass}`);
  }
});

for (const role of ROLES) {
  test(`${role} sees of each class what its letter says, for each of its purposes and in each situation`, () => {
    for (const [at, purpose] of PURPOSES.filter(
      (name) => STATED.get(role)?.includes(name) && name !== "emergency",
    ).entries()) {
      const row = rowFor(role, purpose);
      assert.ok(row !== undefined);
      // What a purpose changes is in the letters; so the first purpose goes through everything and the others through the main situations.
      const all = situations(row);
      const tried = at === 0 || CUSTOMERS.includes(role) ? all : main(row);
      assertMatrix(
        row,
        tried.flatMap((situation = {}) =>
          classesIn(situation).map((dataClass) => inputFor(row, purpose, dataClass, situation)),
        ),
      );
    }
  });

  test(`${role} sees nothing for a purpose that is not its own, whatever speaks for it`, () => {
    const foreign = PURPOSES.filter((purpose) => !STATED.get(role)?.includes(purpose));
    const row = PEOPLE.get(role) ?? SYSTEMS.get("claim-handling");
    assert.ok(row !== undefined && foreign.length > 0);
    const inputs = foreign.flatMap((purpose) =>
      DATA_CLASSES.map((dataClass) => inputFor(row, purpose, dataClass, favourable(row))),
    );
    for (const { form } of decideAll(shippedPolicies(), inputs, "token")) assert.equal(form, "denied");
  });

  test(`${role} in an emergency`, () => {
    const row = PEOPLE.get(role);
    if (row === undefined || STATED.get(role)?.includes("emergency") !== true) return;
    const unopened = DATA_CLASSES.flatMap((dataClass) => [
      inputFor(row, "emergency", dataClass, { ...favourable(row), basis: "role-duty" }),
      inputFor(row, "emergency", dataClass, { ...favourable(row), basis: "emergency" }),
    ]);
    for (const { form } of decideAll(shippedPolicies(), unopened, "token")) assert.equal(form, "denied");
    const opened = DATA_CLASSES.map((dataClass) =>
      inputFor(row, "emergency", dataClass, { basis: "emergency", breakGlass: true }),
    );
    assertMatrix(row, opened);
  });
}
