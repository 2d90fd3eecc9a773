// Opens what was allowed, after the entry is sequenced, and puts the answer together. The one place where plaintext leaves the vault.
import type { Uuid } from "../kernel/bytes.ts";
import type { AssignmentKind, Purpose } from "../kernel/vocabulary.ts";
import type { Keys } from "../keys/keys.ts";
import { openFields } from "../vault/open.ts";
import {
  openMasks,
  type FieldValue,
  type Origin,
  type Registry,
  type StoredRecord,
  type Vault,
} from "../vault/vault.ts";
import { type Disputed, disputedIn } from "./disputed.ts";
import { GateError } from "./errors.ts";
import { heldOf, isOwnWord } from "./others.ts";
import type { Judged } from "./judge.ts";
import type { CitedPolicy, Reason, Remedy } from "./policy/policy.ts";
import type { Situation } from "./situation.ts";
import { tokenFor, type TokenScope } from "../tokens/tokens.ts";

type ToldRemedy = Pick<Remedy, "code" | "message" | "form"> & {
  readonly purpose?: Purpose;
  readonly assignment?: AssignmentKind;
};

export interface FieldAnswer {
  readonly field: string;
  readonly recordId: Uuid | null;
  readonly unitId: Uuid | null;
  readonly dataClass: Judged["field"]["dataClass"];
  readonly form: Judged["decision"]["form"];
  readonly value?: string | undefined;
  readonly given?: string | undefined;
  /** Of its record, where the question asks for it; null where none was recorded. */
  readonly origin?: Origin | null;
  /** The customer says that it is wrong. */
  readonly disputed?: Disputed | undefined;
  /** There is a value, which may name other people: it is opened for no customer before somebody has looked (`others.ts`). */
  readonly held?: true;
  readonly reasons: readonly Reason[];
  readonly policies: readonly CitedPolicy[];
  readonly permittedBy: readonly ToldRemedy[];
}

export interface Opener {
  /** Of the customer whose fields are released. */
  readonly disputes: Situation["disputes"];
  readonly keys: Pick<Keys, "openUnitKeys" | "keyedDigest">;
  readonly registry: Registry;
  readonly origins: Vault["origins"];
  /** Whether the question asks where things come from. */
  readonly asksOrigins: boolean;
  /** The asker is a customer, whoever they ask about. */
  readonly forCustomer: boolean;
}

// Lists are made once, and what is told of a decision once: whoever writes answers knows them again.
const NOTHING_HELD: readonly Reason[] = [
  { code: "nothing-held", message: "Nothing of this kind is held in what you have in hand." },
];
const EMPTY: readonly Reason[] = [{ code: "empty", message: "The record has no value for this field." }];
const NO_REMEDIES: readonly ToldRemedy[] = [];
const NO_ORIGINS: ReadonlyMap<Uuid, Origin | null> = new Map();
const toldRemedies = new WeakMap<readonly Remedy[], readonly ToldRemedy[]>();

interface Opened {
  readonly values: ReadonlyMap<string, FieldValue>;
  readonly masks: ReadonlyMap<string, string>;
  /** Names of fields whose value waits for somebody to look. */
  readonly held: ReadonlySet<string>;
  /** Undefined where nobody asks. */
  readonly origin: Origin | null | undefined;
}
const NOT_HELD: ReadonlySet<string> = new Set();
const NONE: Opened = { values: new Map(), masks: new Map(), held: NOT_HELD, origin: undefined };

/** INVARIANT: called only with judgements whose entry is durably sequenced. Throws GateError "does-not-open" when what is stored was changed. */
export async function release(opener: Opener, judged: readonly Judged[], scope: TokenScope): Promise<FieldAnswer[]> {
  const byRecord = Map.groupBy(
    judged.filter(({ decision }) => decision.form !== "denied"),
    ({ stored }) => stored,
  );
  const opened = new Map<StoredRecord | null, Opened>();
  const waiting = opener.forCustomer ? heldOf(byRecord) : new Map<StoredRecord, ReadonlySet<string>>();
  const origins = await originsOf(opener, opener.asksOrigins ? [...byRecord.keys()] : [...waiting.keys()]);
  for (const [stored, wanted] of byRecord) {
    if (stored === null) continue;
    const origin = origins.get(stored.record.recordId) ?? null;
    const held = isOwnWord(origin) ? NOT_HELD : (waiting.get(stored) ?? NOT_HELD);
    const shown = held.size === 0 ? wanted : wanted.filter(({ field }) => !held.has(field.name));
    const said = opener.asksOrigins ? origin : undefined;
    opened.set(stored, { ...(await openRecord(opener, stored, shown)), held, origin: said });
  }
  return judged.map((one) => answer(opener, one, opened.get(one.stored) ?? NONE, scope));
}

async function originsOf({ origins }: Opener, records: readonly (StoredRecord | null)[]) {
  if (records.length === 0) return NO_ORIGINS;
  try {
    return await origins.of(records.filter((stored) => stored !== null));
  } catch (cause) {
    throw doesNotOpen(cause);
  }
}

function doesNotOpen(cause: unknown): GateError {
  const text = "a stored record does not open as it was sealed; run `uberrima verify data`";
  return new GateError("does-not-open", text, { cause });
}

async function openRecord(
  opener: Opener,
  stored: StoredRecord,
  wanted: readonly Judged[],
): Promise<Omit<Opened, "origin" | "held">> {
  const { keys, registry } = opener;
  const named = (masked: boolean): string[] =>
    wanted.filter(({ decision }) => (decision.form === "masked") === masked).map(({ field }) => field.name);
  const request = { record: stored.record, unitKey: stored.unit.unitKey };
  const [clear, masked] = [named(false), named(true)];
  try {
    return {
      values: clear.length > 0 ? await openFields(keys, registry, { ...request, fields: clear }) : NONE.values,
      masks: masked.length > 0 ? await openMasks(keys, registry, { ...request, fields: masked }) : NONE.masks,
    };
  } catch (cause) {
    throw doesNotOpen(cause);
  }
}

/** What would permit more, as it is told. */
export function remediesTold({ decision, nothingHeld }: Judged): FieldAnswer["permittedBy"] {
  if (nothingHeld || decision.remedies.length === 0) return NO_REMEDIES;
  const known = toldRemedies.get(decision.remedies);
  if (known !== undefined) return known;
  const made = decision.remedies.map(told);
  toldRemedies.set(decision.remedies, made);
  return made;
}

function told({ code, message, form, changes }: Remedy): ToldRemedy {
  const { purpose, assignment } = changes;
  return {
    code,
    message,
    form,
    ...(purpose === undefined ? {} : { purpose }),
    ...(assignment === undefined || assignment === "none" ? {} : { assignment }),
  };
}

function answer(opener: Opener, one: Judged, opened: Opened, scope: TokenScope): FieldAnswer {
  const { field, stored, decision, nothingHeld } = one;
  const held = nothingHeld ? null : value(opener, one, opened, scope);
  const { value: shown, given } = held ?? {};
  // What is undefined stands in no answer; written so, all answers have one shape.
  const made = {
    field: field.path,
    recordId: stored?.record.recordId ?? null,
    unitId: stored?.record.unitId ?? null,
    dataClass: field.dataClass,
    form: decision.form,
    value: shown,
    given,
    reasons: reasonsFor(one, held !== null),
    policies: decision.policies,
    permittedBy: remediesTold(one),
    disputed: disputedIn(opener.disputes, one),
  };
  const whence = opened.origin === undefined ? made : { ...made, origin: opened.origin };
  return decision.form === "clear" && opened.held.has(field.name) ? { ...whence, held: true } : whence;
}

export function reasonsFor({ decision, nothingHeld }: Judged, hasValue: boolean): readonly Reason[] {
  if (nothingHeld) return NOTHING_HELD;
  return decision.form === "denied" || hasValue ? decision.reasons : EMPTY;
}

function value(
  opener: Opener,
  one: Judged,
  opened: Opened,
  scope: TokenScope,
): { value: string; given?: string } | null {
  const { field, decision } = one;
  if (decision.form === "denied") return null;
  if (decision.form === "masked") {
    const mask = opened.masks.get(field.name);
    return mask === undefined ? null : { value: mask };
  }
  const found = opened.values.get(field.name);
  if (found === undefined) return null;
  if (decision.form === "token") return { value: tokenFor(opener.keys, scope, field.path, found.normalised) };
  return found.given === found.normalised
    ? { value: found.normalised }
    : { value: found.normalised, given: found.given };
}
