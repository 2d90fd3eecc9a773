// What is special about single fields, from field-traits.yaml.
import { z } from "zod";
import { PolicyError } from "./errors.ts";
import { TRAITS, type Trait } from "./input.ts";
import type { PolicyFile } from "./policy-files.ts";
import { parseYaml } from "./yaml-data.ts";

const traitsFile = z.strictObject({
  version: z.literal(1),
  traits: z.partialRecord(z.enum(TRAITS), z.array(z.string().min(3))),
});

/** The trait of each field that has one. Throws PolicyError for a field that the schema registry does not know, or one named twice. */
export function readFieldTraits(file: PolicyFile, fieldPaths: ReadonlySet<string>): ReadonlyMap<string, Trait> {
  const { content, faultAt: fault } = parseYaml(file, traitsFile);
  const found = new Map<string, Trait>();
  const faults: string[] = [];
  for (const trait of TRAITS) {
    for (const [at, path] of (content.traits[trait] ?? []).entries()) {
      if (!fieldPaths.has(path)) faults.push(fault(["traits", trait, at], `no field ${path}`));
      if (found.has(path)) faults.push(fault(["traits", trait, at], `${path} has two traits`));
      found.set(path, trait);
    }
  }
  if (faults.length > 0) throw new PolicyError(faults);
  return found;
}
