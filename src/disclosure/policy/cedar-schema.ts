// Keeps the Cedar schema and the code's closed lists alike, and names each choice's Cedar type.
import { schemaToJson } from "@cedar-policy/cedar-wasm/nodejs";
import { z } from "zod";
import { assertShallow, guarded } from "./cedar-guard.ts";
import { PolicyError } from "./errors.ts";
import { CHOICES, SWITCHES } from "./input.ts";
import { lineAtByte, type PolicyFile } from "./policy-files.ts";

/** The Cedar entity type that enumerates each choice. */
export const CEDAR_TYPES = {
  role: "Role",
  dataClass: "DataClass",
  purpose: "Purpose",
  basis: "Basis",
  line: "Line",
  assignment: "AssignmentKind",
  rowScope: "RowScope",
  relationship: "Relationship",
  trait: "Trait",
  recipient: "Recipient",
} as const satisfies { [Key in keyof typeof CHOICES]: string };

const parsedSchema = z.object({
  "": z.object({
    entityTypes: z.record(z.string(), z.object({ enum: z.array(z.string()) })),
    commonTypes: z.object({ Facts: z.object({ attributes: z.record(z.string(), attributeType()) }) }),
  }),
});

/** Throws PolicyError when the schema does not parse or says anything else than `input.ts` does. */
export function checkSchema(file: PolicyFile): void {
  assertShallow(file);
  const answer = guarded(file, () => schemaToJson(file.text));
  if (answer.type === "failure") {
    throw new PolicyError(
      answer.errors.map(
        (error) => `${file.name}:${lineAtByte(file.text, error.sourceLocations?.[0]?.start ?? 0)}: ${error.message}`,
      ),
    );
  }
  const json = parsedSchema.safeParse(answer.json);
  if (!json.success) throw new PolicyError([`${file.name}:1: not the entities and facts that the code knows`]);
  const { entityTypes, commonTypes } = json.data[""];
  const faults = [...enumerationFaults(entityTypes), ...attributeFaults(commonTypes.Facts.attributes)];
  if (faults.length > 0) {
    throw new PolicyError(faults.map(([word, what]) => `${file.name}:${lineOfWord(file.text, word)}: ${what}`));
  }
}

type Fault = readonly [word: string, what: string];

function enumerationFaults(entityTypes: Readonly<Record<string, { enum: string[] }>>): Fault[] {
  const faults: Fault[] = [];
  const expected = new Map(
    Object.entries(CEDAR_TYPES).map(([choice, type]) => [type as string, choice as keyof typeof CHOICES]),
  );
  for (const type of Object.keys(entityTypes))
    if (!expected.has(type)) faults.push([type, `unknown entity type ${type}`]);
  for (const [type, choice] of expected) {
    const known: readonly string[] = CHOICES[choice];
    const listed = entityTypes[type]?.enum ?? [];
    if (known.length !== listed.length || known.some((value) => !listed.includes(value))) {
      faults.push([type, `${type} does not list what the code lists`]);
    }
  }
  return faults;
}

function attributeFaults(attributes: Readonly<Record<string, { name: string; required: boolean }>>): Fault[] {
  const expected = new Map<string, string>(SWITCHES.map((name) => [name, "Bool"]));
  for (const [choice, type] of Object.entries(CEDAR_TYPES)) {
    if (choice !== "role" && choice !== "dataClass") expected.set(choice, type);
  }
  const faults: Fault[] = [];
  for (const [name, type] of expected) {
    const found = attributes[name];
    if (found === undefined || found.name !== type) faults.push(["Facts", `${name} must be a ${type}`]);
    else if (!found.required) faults.push([name, `${name} must be required`]);
  }
  for (const name of Object.keys(attributes))
    if (!expected.has(name)) faults.push([name, `${name} is unknown to the code`]);
  return faults;
}

function attributeType(): z.ZodType<{ name: string; required: boolean }> {
  return z
    .object({ name: z.string(), required: z.boolean().default(true) })
    .transform(({ name, required }) => ({ name, required }));
}

function lineOfWord(text: string, word: string): number {
  // An attribute's name may be any text at all.
  const whole = new RegExp(`(?<!\\w)${RegExp.escape(word)}(?!\\w)`);
  return text.split("\n").findIndex((candidate) => whole.test(candidate)) + 1;
}
