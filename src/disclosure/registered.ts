// What the register says of the recipient that a question names: whether it is verified, and which fields its contracts cover.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, LineOfBusiness, Purpose } from "../kernel/vocabulary.ts";
import type { TokenStyle } from "../tokens/tokens.ts";
import type { FieldType, Registry } from "../vault/vault.ts";
import { GateError } from "./errors.ts";
import type { RecipientType } from "./policy/policy.ts";
import type { Terms } from "./question.ts";

/** A contract, or the mandate of a public authority, that is in force now. */
export interface Covered {
  readonly contractId: Uuid;
  /** What law has an authority receive: says which fields, and is no contract. */
  readonly isMandate: boolean;
  readonly purposes: readonly Purpose[];
  readonly classes: readonly DataClass[];
  /** Field paths; null for all of the classes. */
  readonly fields: readonly string[] | null;
  /** Null for all lines of business. */
  readonly lines: readonly LineOfBusiness[] | null;
  /** What stands in place of values where tokens are sent. */
  readonly tokens: TokenStyle;
}

export interface Registered {
  readonly recipientId: Uuid;
  /** Grows with every change of the recipient, its contracts and its keys. */
  readonly revision: number;
  readonly type: Exclude<RecipientType, "none">;
  readonly isVerified: boolean;
  readonly contracts: readonly Covered[];
}

/** Null where there is no such recipient, or nothing of it can be believed. INVARIANT: read anew for each question. */
export type ReadRegistered = (recipientId: Uuid) => Promise<Registered | null>;

interface Reading {
  readonly registered: ReadRegistered;
}

export const nobodyRegistered: ReadRegistered = () => Promise.resolve(null);

/** How the register bears on one field. Those that are alike are the same object, so that a decision taken for one stands for the other. */
export interface Covering {
  readonly isVerified: boolean;
  /** Null where no contract for this purpose is in force, so that need is told as without a register. */
  readonly needed: readonly Covered[] | null;
  readonly contracts: readonly Covered[];
}

export const NOT_COVERED: Covering = { isVerified: false, needed: null, contracts: [] };

/** How the register bears on each field of one question. */
export type CoveringOf = (field: Pick<FieldType, "path" | "dataClass">) => Covering;

export const NOBODY_NAMED: CoveringOf = () => NOT_COVERED;

export function coveringOf(registered: Registered | null, terms: Pick<Terms, "purpose" | "recipient">): CoveringOf {
  // Whoever names a recipient of another type than it is registered as names nobody.
  if (registered === null || registered.type !== terms.recipient?.type) return NOBODY_NAMED;
  const { isVerified } = registered;
  const ofPurpose = registered.contracts.filter(({ purposes }) => purposes.includes(terms.purpose));
  const none: Covering = { isVerified, needed: null, contracts: [] };
  if (ofPurpose.length === 0) return () => none;
  const known = new Map<string, Covering>();
  return ({ path, dataClass }) => {
    const needed = ofPurpose.filter((one) => covers(one, path, dataClass));
    const key = needed.map(({ contractId }) => contractId).join(" ");
    const made = known.get(key) ?? { isVerified, needed, contracts: needed.filter(({ isMandate }) => !isMandate) };
    known.set(key, made);
    return made;
  };
}

function covers({ classes, fields }: Covered, path: string, dataClass: DataClass): boolean {
  return classes.includes(dataClass) && (fields === null || fields.includes(path));
}

export function reaches(covered: readonly Covered[], line: LineOfBusiness): boolean {
  return covered.some(({ lines }) => lines === null || lines.includes(line));
}

/** Nothing is read where a question names nobody. */
export async function registeredOf(
  { registered }: Reading,
  { recipient }: Pick<Terms, "recipient">,
): Promise<Registered | null> {
  return recipient?.recipientId == null ? null : registered(recipient.recipientId);
}

/**
 * INVARIANT: what was decided on a contract is not released after the contract was ended: the entry stands then, and says more than went out. Throws
 * GateError "busy".
 */
export async function requireUnchanged(
  context: Reading,
  terms: Pick<Terms, "recipient">,
  decidedOn: Registered | null,
): Promise<void> {
  if (decidedOn === null) return;
  const now = await registeredOf(context, terms);
  if (now?.revision !== decidedOn.revision)
    throw new GateError("busy", "what the register says of this recipient has just changed; ask again");
}

/** For the entry's sealed detail: which contracts were in force for the purpose. */
export function reliedOn(registered: Registered | null, { purpose }: Pick<Terms, "purpose">): readonly Uuid[] {
  const found = registered?.contracts.filter(({ purposes }) => purposes.includes(purpose)) ?? [];
  return found.map(({ contractId }) => contractId);
}

/** As the first contract that covers the field says. */
export function tokenStyleOf(
  registered: Registered | null,
  terms: Pick<Terms, "purpose" | "recipient">,
  registry: Pick<Registry, "field">,
): (fieldPath: string) => TokenStyle {
  const covering = coveringOf(registered, terms);
  return (path) => {
    const field = registry.field(path);
    const [first] = field === null ? [] : (covering(field).needed ?? []);
    return first?.tokens ?? "deterministic";
  };
}
