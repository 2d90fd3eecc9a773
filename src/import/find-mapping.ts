// A mapping by its name: of governance/mappings first, else one that people made and others approved.
import type { Mapping } from "./mapping.ts";
import type { ImportParts } from "./parts.ts";

export async function findMapping(
  { mappings, made }: Pick<ImportParts, "mappings" | "made">,
  name: string,
): Promise<Mapping | null> {
  return mappings.get(name) ?? (await made()).get(name) ?? null;
}
