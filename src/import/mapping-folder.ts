// Loads the mappings of governance/mappings/, one YAML file a feed, and checks them against themselves and the schema.
import { hash } from "node:crypto";
import { readdirSync } from "node:fs";
import { basename, join } from "node:path";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import { readGovernedYaml } from "../kernel/governed-yaml.ts";
import type { Registry } from "../vault/vault.ts";
import { ImportError } from "./errors.ts";
import type { Mapping } from "./mapping.ts";
import { checkMapping } from "./mapping-check.ts";
import { compileMapping } from "./mapping-compile.ts";
import { MAPPING } from "./mapping-document.ts";

/** Reads and checks every mapping of the folder. Throws ImportError "bad-mapping" with `file:line:column: what`, a line a fault. */
export function loadMappings(folder: string, registry: Registry): ReadonlyMap<string, Mapping> {
  const shown = basename(folder);
  const mappings = new Map<string, Mapping>();
  const faults: string[] = [];
  for (const name of listYaml(folder, shown)) {
    const read = readGovernedYaml(join(folder, name), `${shown}/${name}`, MAPPING);
    if (!read.ok) {
      faults.push(...read.faults);
      continue;
    }
    const { file } = read;
    const found = checkMapping(file, registry);
    if (mappings.has(file.content.mapping))
      found.push(file.faultAt(["mapping"], `"${file.content.mapping}" is declared by another file too`));
    faults.push(...found);
    if (found.length > 0) continue;
    const digest = hash("sha256", canonicalJson(file.content as Json), "hex");
    mappings.set(file.content.mapping, compileMapping(file.content, registry, digest));
  }
  if (faults.length > 0) throw new ImportError("bad-mapping", faults.join("\n"));
  return mappings;
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
