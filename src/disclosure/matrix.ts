// The matrix of who sees what, and the rules it rests on: of the policies in force, worked out once a set of them and a line of business.
import { setImmediate as breathe, setTimeout as sleep } from "node:timers/promises";
import { LINES, type LineOfBusiness } from "../kernel/vocabulary.ts";
import type { GateContext } from "./context.ts";
import {
  type MatrixCell,
  matrixOf,
  namedBy,
  type PolicySet,
  type Sending,
  type Signature,
  type WaitsFor,
  waitsForIn,
} from "./policy/policy.ts";

export interface Matrix {
  /** Of the policies in force. */
  readonly digest: string;
  readonly line: LineOfBusiness;
  readonly cells: readonly MatrixCell[];
}

/** One rule, as whoever answers for it may read it. */
export interface ShownPolicy {
  readonly id: string;
  readonly effect: "permit" | "forbid";
  readonly title: string;
  readonly citation: string;
  /** Who has read the text it rests on. */
  readonly confirmed: string;
  readonly confidence: string | null;
  /** The row of the rules register that it encodes. */
  readonly rule: string | null;
  readonly reason: string | null;
  readonly remedies: readonly string[];
  /** Whether people outside the insurer are told of it. */
  readonly discreet: boolean;
  /** False while it waits for a compliance officer's signature. */
  readonly inForce: boolean;
  /** Cedar; null for what is cited where no rule says anything. */
  readonly text: string | null;
  readonly file: string | null;
  readonly line: number | null;
}

/** A permit whose text nobody has confirmed, until an officer signs it in. */
export interface WaitingPermit extends ShownPolicy {
  /** Whom alone it lets ask; null for everybody. */
  readonly role: string | null;
  /** What its conditions name. */
  readonly recipients: readonly string[];
  readonly purposes: readonly string[];
}

export interface Signatures {
  /** Of the policies in force. */
  readonly digest: string;
  readonly waiting: readonly WaitingPermit[];
  readonly signed: readonly Signature[];
}

export interface PolicyBook {
  /** Works it out before somebody asks, for the line that pages begin with, in a tenth of the time; nothing where that is done. Fails when told to stop. */
  prepareMatrix(signal: AbortSignal): Promise<void>;
  matrix(line: LineOfBusiness): Promise<Matrix>;
  policy(id: string): ShownPolicy | null;
  /** What waits for an officer's signature, and what has one. */
  signatures(): Signatures;
  /** Ids of permits that wait, for want of which something of it is kept back. */
  waitsFor(sending: FieldsSent): readonly string[];
}

/** By field paths of the schema. */
export interface FieldsSent extends Omit<Sending, "wanted"> {
  readonly fields: readonly { readonly form: Sending["wanted"][number]["form"]; readonly paths: readonly string[] }[];
}

/** What pages begin with (contract/matrix.ts). */
const FIRST_LINE: LineOfBusiness = "auto";

interface Working {
  /** Somebody waits for it, so that it rests no longer than it must. */
  isWanted: boolean;
  readonly matrix: Promise<Matrix>;
}

/** While nobody waits, disclosures have nine tenths of the time. */
const RESTS_TO_WORK = 9;

export function policyBook({ policy, access, vault }: Pick<GateContext, "policy" | "access" | "vault">): PolicyBook {
  let waits: { readonly digest: string; readonly of: WaitsFor } | undefined;
  return {
    ...matrices({ policy, access }),
    policy: (id) => shown(policy().decider.policySet, id),
    signatures: () => signaturesOf(policy().decider.policySet),
    waitsFor: ({ fields, ...sending }) => {
      const { policySet } = policy().decider;
      if (waits?.digest !== policySet.digest) waits = { digest: policySet.digest, of: waitsForIn(policySet) };
      const wanted = fields.flatMap(({ form, paths }) =>
        paths.flatMap((field) => {
          const dataClass = vault.registry.field(field)?.dataClass;
          return dataClass === undefined ? [] : [{ form, field, dataClass }];
        }),
      );
      return waits.of({ ...sending, wanted });
    },
  };
}

function matrices({
  policy,
  access,
}: Pick<GateContext, "policy" | "access">): Pick<PolicyBook, "matrix" | "prepareMatrix"> {
  const worked = new Map<string, Working>();
  const work = (line: LineOfBusiness, isWanted: boolean, signal?: AbortSignal): Promise<Matrix> => {
    const { policySet } = policy().decider;
    const key = `${policySet.digest} ${line}`;
    const known = worked.get(key);
    if (known !== undefined) {
      known.isWanted ||= isWanted;
      return known.matrix;
    }
    const rest = (tookMs: number): Promise<void> =>
      working.isWanted ? breathe() : sleep(tookMs * RESTS_TO_WORK, undefined, signal === undefined ? {} : { signal });
    const matrix = breathe()
      .then(() => matrixOf(policySet, { reach: access.roles, line }, rest))
      .then((cells) => ({ digest: policySet.digest, line, cells }));
    const working: Working = { isWanted, matrix };
    // Of the set in force and the one before it.
    if (worked.size >= 2 * LINES.length) worked.clear();
    worked.set(key, working);
    matrix.catch(() => worked.delete(key));
    return matrix;
  };
  return {
    matrix: (line) => work(line, true),
    prepareMatrix: async (signal) => void (await work(FIRST_LINE, false, signal)),
  };
}

function signaturesOf(set: PolicySet): Signatures {
  const waiting = set.unsigned.flatMap((rule) => {
    const face = shown(set, rule.id);
    if (face === null) return [];
    return [{ ...face, role: rule.role, recipients: namedBy(rule, "Recipient"), purposes: namedBy(rule, "Purpose") }];
  });
  return { digest: set.digest, waiting, signed: set.signed };
}

function shown({ rules, unsigned, defaults }: PolicySet, id: string): ShownPolicy | null {
  const rule = rules.find((each) => each.id === id) ?? unsigned.find((each) => each.id === id);
  if (rule !== undefined) {
    const { effect, title, citation, confirmed, confidence, reason, remedies, discreet, text, file, line } = rule;
    const more = { rule: rule.rule, reason, remedies, discreet, inForce: rules.includes(rule), text, file, line };
    return { id, effect, title, citation, confirmed, confidence, ...more };
  }
  const usual = [defaults.show, defaults.send].find((each) => each.id === id);
  if (usual === undefined) return null;
  const { title, citation, confirmed } = usual;
  const nothing = { confidence: null, rule: null, reason: null, remedies: [], discreet: false };
  return {
    id,
    effect: "forbid",
    title,
    citation,
    confirmed,
    ...nothing,
    inForce: true,
    text: null,
    file: null,
    line: null,
  };
}
