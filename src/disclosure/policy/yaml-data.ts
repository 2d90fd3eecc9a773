// Parses one YAML file that a compliance officer edits, and names file, line and column of whatever is wrong with it.
import type { z } from "zod";
import { type GovernedFile, parseGovernedYaml } from "../../kernel/governed-yaml.ts";
import { PolicyError } from "./errors.ts";
import type { PolicyFile } from "./policy-files.ts";

/** Throws PolicyError with every fault found. */
export function parseYaml<Content>(file: PolicyFile, schema: z.ZodType<Content>): GovernedFile<Content> {
  const read = parseGovernedYaml(file.text, file.name, schema);
  if (!read.ok) throw new PolicyError(read.faults);
  return read.file;
}
