// Loading: every policy is annotated, validated and cited, every fault is named by file and line, nothing unsigned permits.
import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";
import fc from "fast-check";
import { parse } from "yaml";
import { z } from "zod";
import { createEngine } from "./engine.ts";
import { PolicyError } from "./policy.ts";
import { needsSignature } from "./sign-in.ts";
import { anyInput, RUNS } from "./test-inputs.ts";
import { changedPolicies, policyText, RULES_FOLDER, shippedPolicies } from "./test-policies.ts";

const all = [...shippedPolicies().rules, ...shippedPolicies().unsigned];

function faultsOf(load: () => unknown): readonly string[] {
  try {
    load();
  } catch (error) {
    assert.ok(error instanceof PolicyError);
    assert.equal(error.code, "bad-policies");
    return error.faults;
  }
  return assert.fail("loaded");
}

test("every policy carries an id, a title, a citation and who confirmed its text", () => {
  assert.ok(all.length > 100);
  for (const rule of all) {
    for (const word of ["@id(", "@title(", "@citation(", "@confirmed("]) assert.ok(rule.text.includes(word), rule.id);
    assert.ok(rule.title.length > 0 && rule.citation.length > 0, rule.id);
    assert.equal(rule.effect === "forbid", rule.reason !== null, rule.id);
  }
});

const registerFile = z.object({
  rules: z.array(
    z.object({
      id: z.string(),
      effect: z.enum(["permit", "deny", "limit"]),
      confidence: z.string(),
      confirmed: z.string(),
    }),
  ),
});

function register(): Map<string, z.infer<typeof registerFile>["rules"][number]> {
  const files = readdirSync(RULES_FOLDER).filter((name) => name.startsWith("disclosure-"));
  assert.ok(files.length > 0);
  const rows = files.flatMap((name) => registerFile.parse(parse(readFileSync(join(RULES_FOLDER, name), "utf8"))).rules);
  assert.equal(new Set(rows.map(({ id }) => id)).size, rows.length, "an id stands twice");
  return new Map(rows.map((row) => [row.id, row]));
}

test("every policy that rests on law names a row of the register and carries its confirmation and confidence", () => {
  const rows = register();
  for (const rule of all.filter(({ confirmed }) => confirmed !== "design")) {
    const row = rows.get(rule.rule ?? "");
    assert.ok(row !== undefined, rule.id);
    assert.equal(rule.confirmed, row.confirmed, rule.id);
    assert.equal(rule.confidence ?? "high", row.confidence, rule.id);
    assert.ok(rule.effect === "forbid" || row.effect === "permit", rule.id);
  }
});

test("every deny and limit row of the register is encoded by a policy or a default", () => {
  const { defaults } = shippedPolicies();
  const encoded = new Set([...all.map(({ rule }) => rule), defaults.show.id, defaults.send.id]);
  for (const row of register().values()) if (row.effect !== "permit") assert.ok(encoded.has(row.id), row.id);
});

test("no permit whose text nobody has read is in force without a signature, and every denial is", () => {
  const { rules, unsigned } = shippedPolicies();
  assert.ok(unsigned.length > 0);
  assert.ok(!rules.some(needsSignature));
  assert.ok(unsigned.every(({ effect }) => effect === "permit"));
});

test("a role's slice of the policies decides as all of them do", () => {
  const set = shippedPolicies();
  const unsliced = createEngine(
    `${set.digest}/unsliced`,
    policyText("schema.cedarschema"),
    set.rules.map((rule) => ({ ...rule, role: null, family: null })),
  );
  fc.assert(
    fc.property(anyInput, fc.constantFrom("show-clear", "show-masked", "send-token"), (input, action) => {
      const whole = unsliced.ask(action, input);
      const sliced = set.engine.ask(action, input);
      assert.equal(sliced.allowed, whole.allowed);
      assert.deepEqual(
        sliced.rules.map(({ id }) => id),
        whole.rules.map(({ id }) => id),
      );
    }),
    { numRuns: RUNS },
  );
});

test("the digest speaks for every byte and name of the folder", (context) => {
  const { digest } = shippedPolicies();
  assert.match(digest, /^[0-9a-f]{64}$/);
  assert.equal(changedPolicies(context, {})().digest, digest);
  assert.notEqual(changedPolicies(context, { "risk.cedar": `${policyText("risk.cedar")}\n` })().digest, digest);
  const moved = changedPolicies(context, { "risk.cedar": null, "risks.cedar": policyText("risk.cedar") });
  assert.notEqual(moved().digest, digest);
});

const PERMIT =
  '@id("test/one")\n@title("A policy for a test")\n@citation("Nothing at all")\n@confirmed("design")\npermit (principal, action, resource)';

const BROKEN: readonly (readonly [what: string, file: string, text: string, fault: RegExp])[] = [
  ["text that is not Cedar", "new.cedar", `// first\n${PERMIT};\npermit (`, /^new\.cedar:7: /],
  [
    "an attribute the schema does not know",
    "new.cedar",
    `// first\n${PERMIT}\nwhen { context.manager };`,
    /^new\.cedar:7: .*manager/,
  ],
  [
    "a role that does not exist",
    "new.cedar",
    `${PERMIT}\nwhen {\n  principal == Role::"chief" };`,
    /^new\.cedar:7: .*chief/,
  ],
  ["a comparison of different types", "new.cedar", `${PERMIT}\nwhen { context.vip == "yes" };`, /^new\.cedar:6: /],
  [
    "a policy that can never apply",
    "new.cedar",
    `${PERMIT}\nwhen { principal == DataClass::"health" };`,
    /^new\.cedar:\d+: /,
  ],
  [
    "a policy without a citation",
    "new.cedar",
    `\n\n${PERMIT.replace('@citation("Nothing at all")\n', "")};`,
    /^new\.cedar:3: @citation/,
  ],
  ["an annotation nobody knows", "new.cedar", `@note("x")\n${PERMIT};`, /^new\.cedar:1: /],
  ["a forbid without a reason", "new.cedar", `${PERMIT.replace("permit", "forbid")};`, /^new\.cedar:1: @reason/],
  [
    "a remedy that does not exist",
    "new.cedar",
    `@reason("x")\n@remedies("bribe")\n${PERMIT.replace("permit", "forbid")};`,
    /^new\.cedar:1: @remedies/,
  ],
  ["an id that stands twice", "new.cedar", `${PERMIT};\n${PERMIT};`, /^new\.cedar:\d+: the id test\/one stands twice/],
  [
    "a template",
    "new.cedar",
    `\n\n${PERMIT.replace("principal,", "principal == ?principal,")};`,
    /^new\.cedar:3: is a template; write the policy out$/,
  ],
  [
    "what is not our design without its rule",
    "new.cedar",
    `${PERMIT.replace('"design"', '"text"')};`,
    /^new\.cedar:1: @rule/,
  ],
  ["a stray copy", "risk.cedar.bak", "", /^risk\.cedar\.bak:1: /],
  ["a schema that does not parse", "schema.cedarschema", "entity Role enum [\n", /^schema\.cedarschema:/],
  ["a signature for nothing", "signed.yaml", signature("send/nothing"), /^signed\.yaml:3:\d+: send\/nothing/],
  [
    "a signature for a rule that needs none",
    "signed.yaml",
    signature("agent/own-book"),
    /^signed\.yaml:3:\d+: agent\/own-book/,
  ],
  [
    "a signature without a date",
    "signed.yaml",
    signature("send/lienholder").replace("2027-01-15", "soon"),
    /^signed\.yaml:5:\d+: /,
  ],
  [
    "a signature by somebody else",
    "signed.yaml",
    signature("send/lienholder").replace("compliance", "agent"),
    /^signed\.yaml:4:\d+: /,
  ],
  [
    "a trait of a field that does not exist",
    "field-traits.yaml",
    "version: 1\ntraits:\n  ssn: [person.ssn]\n",
    /^field-traits\.yaml:3:\d+: no field person\.ssn/,
  ],
  [
    "a view of a field that does not exist",
    "standard-views.yaml",
    "version: 1\nsets: {}\nviews:\n  csr:\n    claim: [claim.gossip]\n",
    /^standard-views\.yaml:5:\d+: claim\.gossip/,
  ],
  [
    "a set that holds itself",
    "standard-views.yaml",
    'version: 1\nsets:\n  a: ["@a"]\nviews: {}\n',
    /^standard-views\.yaml:3:\d+: @a/,
  ],
  [
    "a default without a citation",
    "defaults.yaml",
    policyText("defaults.yaml").replace("  citation: Platform default\n", ""),
    /^defaults\.yaml:3:\d+: show\.citation: is missing/,
  ],
  [
    "a set by a name that every object has",
    "standard-views.yaml",
    'version: 1\nsets: {}\nviews:\n  csr:\n    claim: ["@constructor"]\n',
    /^standard-views\.yaml:5:\d+: @constructor/,
  ],
  ["a file that multiplies by aliases", "signed.yaml", "version: 1\nsigned: [&a [*a]]\n", /^signed\.yaml:\d+:\d+: /],
  [
    "a policy nested without bottom",
    "new.cedar",
    `${PERMIT}\nwhen {\n${"(".repeat(5000)}true${")".repeat(5000)} };`,
    /^new\.cedar:7: nested/,
  ],
  ["YAML that does not parse", "signed.yaml", "version: 1\nsigned: [\n", /^signed\.yaml:\d+:\d+: /],
];

function signature(policy: string): string {
  return `version: 1\nsigned:\n  - policy: ${policy}\n    role: compliance\n    date: 2027-01-15\n    note: Read and found to apply.\n`;
}

for (const [what, file, text, fault] of BROKEN) {
  test(`refuses ${what}, naming file and line`, (context) => {
    const faults = faultsOf(changedPolicies(context, { [file]: text }));
    assert.ok(
      faults.some((found) => fault.test(found)),
      faults.join("\n"),
    );
  });
}

const SCHEMA = policyText("schema.cedarschema");
for (const [what, text] of [
  ["a role the code does not know", SCHEMA.replace('"access-admin"', '"access-admin", "chief"')],
  ["a purpose too few", SCHEMA.replace('"quote", ', "")],
  ["an attribute that need not be there", SCHEMA.replace("erased: Bool", "erased?: Bool")],
  ["an attribute too many", SCHEMA.replace("erased: Bool,", "erased: Bool,\n  manager: Bool,")],
  ["an attribute of another type", SCHEMA.replace("trait: Trait", "trait: String")],
  ["an attribute whose name is no word", SCHEMA.replace("erased: Bool,", 'erased: Bool,\n  "(a": Bool,')],
  [
    "types nested without bottom",
    SCHEMA.replace("erased: Bool", `erased: ${"Set<".repeat(3000)}Bool${">".repeat(3000)}`),
  ],
  ["an entity too many", `${SCHEMA}\nentity Team enum ["a"];`],
] as const) {
  test(`refuses a schema with ${what}`, (context) => {
    assert.match(
      faultsOf(changedPolicies(context, { "schema.cedarschema": text })).join("\n"),
      /^schema\.cedarschema:\d+: /m,
    );
  });
}

test("refuses a folder in which a file is missing", (context) => {
  for (const name of [
    "schema.cedarschema",
    "signed.yaml",
    "defaults.yaml",
    "field-traits.yaml",
    "standard-views.yaml",
  ]) {
    assert.deepEqual(faultsOf(changedPolicies(context, { [name]: null })), [`${name}:1: missing`]);
  }
});

test("a record with a member that Cedar's JSON wraps entities in is read for what it is", (context) => {
  const text = `${PERMIT}\nwhen { {"__entity": 1} == {"__entity": 2} };`;
  assert.ok(changedPolicies(context, { "new.cedar": text })().rules.some(({ id }) => id === "test/one"));
});

test("a line is counted in characters of any length", (context) => {
  const faults = faultsOf(
    changedPolicies(context, { "new.cedar": `// Prüfung § 13, 日本\n${PERMIT}\nwhen { context.manager };` }),
  );
  assert.match(faults[0] ?? "", /^new\.cedar:7: /);
});
