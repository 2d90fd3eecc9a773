// Random decision inputs for property tests: half of them near something that is permitted, since most random ones are refused at once.
import fc from "fast-check";
import { CHOICES, SWITCHES } from "./input.ts";
import type { DecisionInput } from "./policy.ts";
import { ADJUSTER, readMatrix } from "./test-policies.ts";

type Members = { [Key in keyof DecisionInput]: fc.Arbitrary<DecisionInput[Key]> };

const choices = Object.fromEntries(Object.entries(CHOICES).map(([name, values]) => [name, fc.constantFrom(...values)]));
const switches = Object.fromEntries(SWITCHES.map((name) => [name, fc.boolean()]));
const members = { ...choices, ...switches } as Members;

const uniform: fc.Arbitrary<DecisionInput> = fc.record(members);

const PERMISSIVE: Partial<DecisionInput> = {
  basis: "role-duty",
  erased: false,
  restricted: false,
  breakGlass: false,
  entityAllowed: true,
  lineAllowed: true,
  classAllowed: true,
  purposeRegistered: true,
  caseOpen: true,
};

/** A role with one of its purposes and kinds, in order, with up to three members as chance has it. */
const nearPermitted: fc.Arbitrary<DecisionInput> = fc
  .constantFrom(...readMatrix("least-privilege.csv"))
  .chain((row) => {
    const role = CHOICES.role.find((name) => name === row["role"]) ?? "dpo";
    const stated =
      readMatrix("purposes.csv")
        .find((line) => line["role"] === role)
        ?.["purposes"]?.split(" ") ?? [];
    const kinds = CHOICES.assignment.filter((kind) => row["kinds"]?.split(" ").includes(kind));
    return fc.record({
      base: fc.constant({ ...ADJUSTER, ...PERMISSIVE, role }),
      purpose: fc.constantFrom(...CHOICES.purpose.filter((purpose) => stated.includes(purpose))),
      assignment: fc.constantFrom("none" as const, ...kinds),
      dataClass: members.dataClass,
      rowScope: members.rowScope,
      ownGroup: fc.boolean(),
      relationship: members.relationship,
      random: uniform,
      names: fc.subarray(Object.keys(members) as (keyof DecisionInput)[], { maxLength: 3 }),
    });
  })
  .map(({ base, random, names, ...chosen }) => {
    const changes = Object.fromEntries(names.map((name) => [name, random[name]])) as Partial<DecisionInput>;
    return { ...base, ...chosen, ...changes };
  });

export const anyInput: fc.Arbitrary<DecisionInput> = fc.oneof(
  { arbitrary: nearPermitted, weight: 3 },
  { arbitrary: uniform, weight: 1 },
);

/** Property runs; more with `npm test -- --full`. */
export const RUNS = process.env["UBERRIMA_FULL"] === undefined ? 40 : 600;
