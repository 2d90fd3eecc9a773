// Loads the mappings of governance/mappings/, one YAML file a feed, and checks them against themselves and the schema.
import { hash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import { type GovernedRead, parseGovernedYaml, readGovernedYaml } from "../kernel/governed-yaml.ts";
import type { Registry } from "../vault/vault.ts";
import { ImportError } from "./errors.ts";
import type { Mapping } from "./mapping.ts";
import { checkMapping } from "./mapping-check.ts";
import { compileMapping } from "./mapping-compile.ts";
import { MAPPING, type MappingDocument } from "./mapping-document.ts";

/** Reads and checks every mapping of the folder. Throws ImportError "bad-mapping" with `file:line:column: what`, a line a fault. */
export function loadMappings(folder: string, registry: Registry): ReadonlyMap<string, Mapping> {
  const shown = basename(folder);
  const mappings = new Map<string, Mapping>();
  const faults: string[] = [];
  for (const name of listYaml(folder, shown)) {
    const read = readGovernedYaml(join(folder, name), `${shown}/${name}`, MAPPING);
    const parsed = compiled(read, registry);
    if (!parsed.ok) {
      faults.push(...parsed.faults);
      continue;
    }
    const { mapping } = parsed;
    if (read.ok && mappings.has(mapping.name))
      faults.push(read.file.faultAt(["mapping"], `"${mapping.name}" is declared by another file too`));
    mappings.set(mapping.name, mapping);
  }
  if (faults.length > 0) throw new ImportError("bad-mapping", faults.join("\n"));
  return mappings;
}

export type ParsedMapping =
  | { readonly ok: true; readonly mapping: Mapping }
  | { readonly ok: false; readonly faults: readonly string[] };

/** A mapping that somebody made elsewhere, by the same rules. Faults name `mapping:line:column`, columns, fields and codes. */
export function parseMapping(text: string, registry: Registry): ParsedMapping {
  return compiled(parseGovernedYaml(text, "mapping", MAPPING), registry);
}

function compiled(read: GovernedRead<MappingDocument>, registry: Registry): ParsedMapping {
  if (!read.ok) return read;
  const { file } = read;
  const faults = checkMapping(file, registry);
  if (faults.length > 0) return { ok: false, faults };
  const digest = hash("sha256", canonicalJson(file.content as Json), "hex");
  return { ok: true, mapping: compileMapping(file.content, registry, digest) };
}

function listYaml(folder: string, shown: string): string[] {
  try {
    return readdirSync(folder)
      .filter((name) => name.endsWith(".yaml"))
      .toSorted();
  } catch {
    throw new ImportError("bad-mapping", `${shown}: the folder cannot be read`);
  }
}
