// What the tests of this folder share: the shipped policies, and an input in which nothing stands in the way.
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TestContext } from "node:test";
import { parse } from "yaml";
import { z } from "zod";
import { loadPolicySet, UNKNOWN_CUSTOMER, type DecisionInput, type PolicySet } from "./policy.ts";

const GOVERNANCE = join(import.meta.dirname, "../../../governance");
const POLICY_FOLDER = join(GOVERNANCE, "policies");
export const RULES_FOLDER = join(GOVERNANCE, "rules");
const MATRIX_FOLDER = join(import.meta.dirname, "../../../test/matrix");

const recordFile = z.object({ record: z.string(), fields: z.record(z.string(), z.object({ class: z.string() })) });

/** The class of every field of the shipped schema, read straight from its files. */
export const FIELD_CLASSES: ReadonlyMap<string, string> = new Map(
  readdirSync(join(GOVERNANCE, "schema"))
    .map((name) => recordFile.safeParse(parse(readFileSync(join(GOVERNANCE, "schema", name), "utf8"))))
    .flatMap((file) =>
      file.success
        ? Object.entries(file.data.fields).map(([name, field]) => [`${file.data.record}.${name}`, field.class] as const)
        : [],
    ),
);

let shipped: PolicySet | undefined;

export function shippedPolicies(): PolicySet {
  shipped ??= loadPolicySet({ folder: POLICY_FOLDER, fieldPaths: [...FIELD_CLASSES.keys()] });
  return shipped;
}

/** The shipped policies with some files written anew (null removes one), in a folder of their own. */
export function changedPolicies(test: TestContext, files: Readonly<Record<string, string | null>>): () => PolicySet {
  const folder = mkdtempSync(join(tmpdir(), "uberrima-policies-"));
  test.after(() => rmSync(folder, { recursive: true, force: true }));
  cpSync(POLICY_FOLDER, folder, { recursive: true });
  for (const [name, text] of Object.entries(files)) {
    if (text === null) rmSync(join(folder, name));
    else writeFileSync(join(folder, name), text);
  }
  return () => loadPolicySet({ folder, fieldPaths: [...FIELD_CLASSES.keys()] });
}

export function policyText(name: string): string {
  return readFileSync(join(POLICY_FOLDER, name), "utf8");
}

/** An adjuster with an assigned, open auto claim asks for the narrative. */
export const ADJUSTER: DecisionInput = {
  role: "claims-adjuster",
  purpose: "claim-handling",
  basis: "role-duty",
  rowScope: "assignments",
  purposeRegistered: true,
  classAllowed: true,
  trainingCurrent: true,
  strongSignIn: true,
  freshSignIn: true,
  phishingResistant: true,
  policiesAcknowledged: true,
  breakGlass: false,
  bulk: false,
  dataClass: "claims-narrative",
  trait: "none",
  fieldNeeded: true,
  standardView: true,
  recipient: "none",
  recipientContract: false,
  recipientVerified: false,
  ...UNKNOWN_CUSTOMER,
  line: "auto",
  assignment: "claim",
  callerVerified: true,
};

/** Rows of a comma-separated file of the matrix folder, as objects. */
export function readMatrix(name: string): Record<string, string>[] {
  const [head, ...rows] = readFileSync(join(MATRIX_FOLDER, name), "utf8").trim().split("\n");
  const names = head?.split(",") ?? [];
  return rows.map((row) => Object.fromEntries(row.split(",").map((cell, at) => [names[at] ?? "", cell])));
}
