// Reads a governance file of this domain; what is wrong with it stops the server, with file, line and column.
import { basename } from "node:path";
import { readGovernedYaml, type GovernedFile, type YamlPath } from "../kernel/governed-yaml.ts";
import type { z } from "zod";
import { AccessError } from "./errors.ts";

/** Throws AccessError `bad-governance`, one fault a line. */
export function readGovernanceFile<Content>(path: string, schema: z.ZodType<Content>): GovernedFile<Content> {
  const read = readGovernedYaml(path, `governance/access/${basename(path)}`, schema);
  if (!read.ok) throw new AccessError("bad-governance", read.faults.join("\n"));
  return read.file;
}

export function faultIn(file: GovernedFile<unknown>, path: YamlPath, message: string): AccessError {
  return new AccessError("bad-governance", file.faultAt(path, message));
}
