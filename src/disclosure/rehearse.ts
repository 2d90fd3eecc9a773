// Replays decisions of the ledger under changed policies: what would be answered otherwise than under those in force. Forms and codes, never a value.
import { z } from "zod";
import type { Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Form } from "../kernel/vocabulary.ts";
import type { GateContext } from "./context.ts";
import {
  CHOICES,
  decideAll,
  type DecisionInput,
  PolicyError,
  type PolicySet,
  policySetToRehearse,
  type ReleasedForm,
  SWITCHES,
} from "./policy/policy.ts";
import { GateError } from "./errors.ts";
import { readerOf, recordReading } from "./read-back.ts";

export interface RehearsalQuestion {
  readonly files: readonly { readonly name: string; readonly text: string }[];
  /** True where `files` replace those in force that have their names, and add to them; false where they are all there are. */
  readonly overlay: boolean;
  readonly from: Date | null;
  readonly to: Date | null;
  readonly cursor: string | null;
  readonly limit: number;
}

export interface Difference {
  readonly role: string;
  readonly dataClass: string;
  readonly purpose: string;
  readonly from: Form;
  readonly to: Form;
  /** Rules that decide under one of the two sets and not under the other. */
  readonly policies: readonly string[];
  readonly count: number;
  readonly examples: readonly Uuid[];
}

export interface Rehearsal {
  /** Of the policies rehearsed. */
  readonly digest: string;
  readonly entries: number;
  /** Fields decided, in all entries. */
  readonly decisions: number;
  /** Entries whose inputs are not those of today's rules. */
  readonly unreadable: number;
  readonly differences: readonly Difference[];
  readonly next: string | null;
}

const EXAMPLES_MAX = 3;

const detail = z.object({
  wanted: z.enum(["clear", "masked", "token"]),
  inputs: z.array(z.record(z.string(), z.string())),
  customers: z.array(z.object({ fields: z.array(z.object({ input: z.int().min(0) })) })),
});

/** One page of past disclosures. Throws GateError "not-permitted" (recorded), "bad-policies". */
export async function rehearse(
  context: GateContext,
  asker: Authenticated,
  { files, overlay, from, to, cursor, limit }: RehearsalQuestion,
): Promise<Rehearsal> {
  const inForce = context.policy().decider.policySet;
  await recordReading(context, asker, "policy.rehearse", {
    kind: "ledger-read",
    customerId: null,
    detail: { rehearsal: files.map(({ name }) => name), policies: inForce.digest, cursor },
  });
  const period = { ...(from === null ? {} : { from }), ...(to === null ? {} : { to }) };
  const page = await context.ledger.list({ kinds: ["disclosure"], ...period }, { cursor, limit }, readerOf(asker));
  const openings = await Promise.all(page.items.map(({ entryId }) => context.ledger.opening(entryId, readerOf(asker))));
  const named = new Set(files.map(({ name }) => name));
  const all = overlay ? [...inForce.files.filter(({ name }) => !named.has(name)), ...files] : files;
  // INVARIANT: from here on nothing waits, since the next rehearsal takes the place of this one's policies.
  const changed = loaded(context, all);
  const told = new Map<string, Difference>();
  let [decisions, unreadable] = [0, 0];
  for (const [at, { entryId }] of page.items.entries()) {
    const read = detail.safeParse(openings[at]?.detail);
    const inputs = read.success ? read.data.inputs.map(inputOf) : [null];
    if (!read.success || inputs.includes(null)) unreadable += 1;
    else {
      const asked = inputs.filter((input) => input !== null);
      const changes = changesOf({ inForce, changed }, asked, read.data.wanted);
      const fields = read.data.customers.flatMap((customer) => customer.fields);
      decisions += fields.length;
      for (const { input } of fields) note(told, changes[input] ?? null, entryId);
    }
  }
  const differences = [...told.values()];
  return { digest: changed.digest, entries: page.items.length, decisions, unreadable, differences, next: page.next };
}

function loaded({ vault }: GateContext, files: RehearsalQuestion["files"]): PolicySet {
  try {
    return policySetToRehearse(
      files,
      vault.registry.allFields().map(({ path }) => path),
    );
  } catch (error) {
    if (error instanceof PolicyError) throw new GateError("bad-policies", error.message, { cause: error });
    throw error;
  }
}

/** As `entry.ts` wrote it: choices by name, and the switches that were on. Null where it is not an input of today's rules. */
function inputOf({ on = "", policies: _policies, ...choices }: Readonly<Record<string, string>>): DecisionInput | null {
  const names = Object.keys(CHOICES) as (keyof typeof CHOICES)[];
  const isKnown = names.every((name) => (CHOICES[name] as readonly string[]).includes(choices[name] ?? ""));
  const switched = new Set(on.split(" "));
  const switches = Object.fromEntries(SWITCHES.map((name) => [name, switched.has(name)]));
  return isKnown ? ({ ...choices, ...switches } as unknown as DecisionInput) : null;
}

type Change = Omit<Difference, "count" | "examples">;

function changesOf(
  { inForce, changed }: { readonly inForce: PolicySet; readonly changed: PolicySet },
  inputs: readonly DecisionInput[],
  wanted: ReleasedForm,
): (Change | null)[] {
  const [before, after] = [decideAll(inForce, inputs, wanted), decideAll(changed, inputs, wanted)];
  return inputs.map(({ role, dataClass, purpose }, at) => {
    const [then, now] = [before[at]!, after[at]!];
    if (then.form === now.form) return null;
    const policies = [...new Set(then.determining).symmetricDifference(new Set(now.determining))].sort();
    return { role, dataClass, purpose, from: then.form, to: now.form, policies };
  });
}

function note(told: Map<string, Difference>, change: Change | null, entryId: Uuid): void {
  if (change === null) return;
  const key = JSON.stringify(change);
  const { count, examples }: Pick<Difference, "count" | "examples"> = told.get(key) ?? { count: 0, examples: [] };
  const shown = examples.includes(entryId) || examples.length >= EXAMPLES_MAX ? examples : [...examples, entryId];
  told.set(key, { ...change, count: count + 1, examples: shown });
}
