// Loads a policy folder into a policy set: everything a decision rests on, named by one digest.
import { checkSchema } from "./cedar-schema.ts";
import { readRules } from "./cedar-files.ts";
import { readDefaults, type Defaults } from "./defaults.ts";
import { createEngine, type Engine } from "./engine.ts";
import { readFieldTraits } from "./field-traits.ts";
import type { Trait } from "./input.ts";
import { fileNamed, type PolicyFile, type PolicyFolder, policyFolderOf, readPolicyFolder } from "./policy-files.ts";
import type { PolicyRule } from "./rule.ts";
import { needsSignature, readSigned, type Signature } from "./sign-in.ts";
import { readStandardViews, type StandardViews } from "./standard-views.ts";

export interface PolicySet {
  /** SHA-256, hex, over the names and bytes of the policy folder. */
  readonly digest: string;
  readonly files: readonly PolicyFile[];
  /** The rules in force. */
  readonly rules: readonly PolicyRule[];
  /** Permits that wait for a compliance officer's signature. */
  readonly unsigned: readonly PolicyRule[];
  /** Permits of unconfirmed text that are in force all the same, and on whose word. */
  readonly signed: readonly Signature[];
  readonly defaults: Defaults;
  readonly engine: Engine;
  readonly views: StandardViews;
  traitOf(fieldPath: string): Trait;
}

export interface PolicySource {
  readonly folder: string;
  /** Every field path of the schema registry, "record-type.field". */
  readonly fieldPaths: readonly string[];
}

const LOADED_MAX = 4;
/** The last ones, by all that they are made of: servers in one process hold a set in common, as they do what Cedar made of it. */
const loaded = new Map<string, PolicySet>();

/** Throws PolicyError, naming file and line, on the first stage that finds faults: schema, policies, data. */
export function loadPolicySet({ folder, fieldPaths }: PolicySource): PolicySet {
  const read = readPolicyFolder(folder);
  const madeOf = JSON.stringify([read.digest, fieldPaths]);
  const set = loaded.get(madeOf) ?? policySetOf(read, fieldPaths, read.digest);
  loaded.delete(madeOf);
  const [oldest] = loaded.size < LOADED_MAX ? [] : loaded.keys();
  if (oldest !== undefined) loaded.delete(oldest);
  loaded.set(madeOf, set);
  return set;
}

/** Cedar keeps what it was given under a name; what is rehearsed goes under one, so that it does not pile up. */
const REHEARSED = "rehearsed";

/** Validated like those the server starts with; never put in force. One at a time: the next one takes its place. Throws PolicyError. */
export function policySetToRehearse(files: readonly PolicyFile[], fieldPaths: readonly string[]): PolicySet {
  return policySetOf(policyFolderOf(files), fieldPaths, REHEARSED);
}

function policySetOf(read: PolicyFolder, fieldPaths: readonly string[], name: string): PolicySet {
  const schema = fileNamed(read, "schema.cedarschema");
  checkSchema(schema);
  const all = readRules(read.files, schema.text);
  const signed = readSigned(fileNamed(read, "signed.yaml"), all);
  const signedIds = new Set(signed.map(({ policy }) => policy));
  const isActive = (rule: PolicyRule): boolean => !needsSignature(rule) || signedIds.has(rule.id);
  const rules = all.filter(isActive);
  const known = new Set(fieldPaths);
  const traits = readFieldTraits(fileNamed(read, "field-traits.yaml"), known);
  return Object.freeze({
    digest: read.digest,
    files: read.files,
    rules,
    unsigned: all.filter((rule) => !isActive(rule)),
    signed,
    defaults: readDefaults(fileNamed(read, "defaults.yaml")),
    engine: createEngine(name, schema.text, rules),
    views: readStandardViews(fileNamed(read, "standard-views.yaml"), known),
    traitOf: (fieldPath: string): Trait => traits.get(fieldPath) ?? "none",
  });
}
