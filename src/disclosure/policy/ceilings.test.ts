// What flags, traits, registration and basis take away: test/matrix/ceilings.csv, tried for every role and class that sees anything.
import assert from "node:assert/strict";
import { test } from "node:test";
import { DATA_CLASSES, PURPOSES, ROLES, type DataClass, type Form, type Role } from "../../kernel/vocabulary.ts";
import { CHOICES } from "./input.ts";
import { decideAll, UNKNOWN_CUSTOMER, type DecisionInput } from "./policy.ts";
import { ADJUSTER, readMatrix, shippedPolicies } from "./test-policies.ts";

interface Ceiling {
  readonly classes: readonly DataClass[];
  readonly roles: readonly Role[];
  readonly form: Form;
}

const LADDER: readonly Form[] = ["clear", "masked", "token", "denied"];
const SYSTEM_PURPOSE = "claim-handling";
const STATED = new Map(readMatrix("purposes.csv").map(({ role, purposes }) => [role, purposes?.split(" ") ?? []]));
const LETTERS = new Map(
  [
    ...readMatrix("least-privilege.csv"),
    ...readMatrix("service-account.csv").filter(({ purpose }) => purpose === SYSTEM_PURPOSE),
  ].map((letters) => [letters["role"] ?? "service-account", letters]),
);
const RELATIONS: Readonly<Partial<Record<Role, DecisionInput["relationship"]>>> = {
  policyholder: "self",
  "dependant-policyholder": "dependant",
  beneficiary: "beneficiary",
};

/** "*" for all, "-name" for all but that one. */
function listed<Name extends string>(words: string, all: readonly Name[]): Name[] {
  const parts = words.split(" ");
  return all.filter((name) => (parts.includes("*") || parts.includes(name)) && !parts.includes(`-${name}`));
}

/** "name=value ..." as members of an input; an unknown word would be denied everywhere and so fail the baseline. */
function changes(words: string): Partial<DecisionInput> {
  const pairs = words.split(" ").filter((word) => word !== "");
  return Object.fromEntries(
    pairs.map((pair) => {
      const [name, value] = pair.split("=");
      return [name, value === "true" || value === "false" ? value === "true" : value];
    }),
  );
}

/** The role at its own work, with everything in hand but an authorization. */
function atWork(role: Role, dataClass: DataClass): DecisionInput {
  const purpose = PURPOSES.find(
    (name) => name === (role === "service-account" ? SYSTEM_PURPOSE : STATED.get(role)?.[0]),
  );
  const kind = CHOICES.assignment.find((name) => name === LETTERS.get(role)?.["kinds"]?.split(" ")[0]);
  const relationship = RELATIONS[role] ?? "none";
  return {
    ...ADJUSTER,
    ...UNKNOWN_CUSTOMER,
    line: "auto",
    role,
    purpose: purpose ?? "audit",
    dataClass,
    relationship,
    assignment: relationship === "none" ? (kind ?? "case") : "none",
    twoPersonApproval: true,
    privilegeReviewed: true,
    legalProcessCovers: role === "law-enforcement",
  };
}

function formOf(input: DecisionInput): Form {
  const [decided] = decideAll(shippedPolicies(), [input]);
  return decided?.form ?? assert.fail("no decision");
}

const ROWS = readMatrix("ceilings.csv").map((row) => ({
  given: row["given"] ?? "",
  condition: row["condition"] ?? "",
  ceiling: {
    classes: listed(row["classes"] ?? "", DATA_CLASSES),
    roles: listed(row["roles"] ?? "", ROLES),
    form: LADDER.find((form) => form === row["ceiling"]) ?? assert.fail("no form"),
  } satisfies Ceiling,
}));

/** The cells that may show something; one class of each role and letter where classes are treated alike, save in the full run. */
function cellsToTry(ceilings: readonly Ceiling[]): readonly DecisionInput[] {
  const isAlike = ceilings.every(({ classes }) => classes.length === DATA_CLASSES.length);
  return ROLES.flatMap((role) => {
    const letterOf = (dataClass: DataClass): string => LETTERS.get(role)?.[dataClass] ?? "-";
    const seen = DATA_CLASSES.filter((dataClass) => !["-", "A"].includes(letterOf(dataClass)));
    const tried = isAlike && process.env["UBERRIMA_FULL"] === undefined ? firstOfEach(seen, letterOf) : seen;
    return tried.map((dataClass) => atWork(role, dataClass));
  });
}

function firstOfEach(classes: readonly DataClass[], letterOf: (dataClass: DataClass) => string): DataClass[] {
  return [...Map.groupBy(classes, letterOf).values()].flatMap((alike) => alike.slice(0, 1));
}

/** What a role sees with only the given facts. */
const baselines = new Map<string, Form>();
function baseline(input: DecisionInput): Form {
  const key = JSON.stringify(input);
  const form = baselines.get(key) ?? formOf(input);
  baselines.set(key, form);
  return form;
}

for (const [name, rows] of Map.groupBy(
  ROWS,
  ({ given, condition }) => `${condition}${given === "" ? "" : ` given ${given}`}`,
)) {
  test(`${name} takes away what the table says, of every role and class, and no more`, () => {
    const { given = "", condition = "" } = rows[0] ?? {};
    const cells = cellsToTry(rows.map(({ ceiling }) => ceiling)).map((input) => ({ ...input, ...changes(given) }));
    let shown = 0;
    for (const input of cells) {
      const form = baseline(input);
      if (form === "denied") continue;
      shown += 1;
      const caps = rows.filter(
        ({ ceiling }) => ceiling.classes.includes(input.dataClass) && ceiling.roles.includes(input.role),
      );
      const expected = caps.reduce<Form>((worst, { ceiling }) => lower(worst, ceiling.form), form);
      assert.equal(formOf({ ...input, ...changes(condition) }), expected, `${input.role} ${input.dataClass}`);
    }
    assert.ok(shown > 0);
  });
}

function lower(left: Form, right: Form): Form {
  return LADDER.indexOf(right) > LADDER.indexOf(left) ? right : left;
}
