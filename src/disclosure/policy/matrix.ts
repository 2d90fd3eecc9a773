// Which role sees what, for which purpose, in its standard situation: found by deciding, so that the picture cannot differ from what happens.
import { setImmediate as breathe } from "node:timers/promises";
import {
  type AssignmentKind,
  ASSIGNMENT_KINDS,
  DATA_CLASSES,
  type DataClass,
  type Form,
  type LineOfBusiness,
  type Purpose,
  ROLES,
  type Role,
} from "../../kernel/vocabulary.ts";
import { type DecisionInput, UNKNOWN_CUSTOMER } from "./input.ts";
import { FORMS_BEST_FIRST, judge, type Judgement } from "./judge.ts";
import type { PolicySet } from "./policy-set.ts";

export interface MatrixCell {
  readonly role: Role;
  readonly purpose: Purpose;
  readonly dataClass: DataClass;
  /** The most revealing one. */
  readonly form: Form;
  /** What gives it: an assignment, the own group, all rows masked, a relationship; null where nothing does. */
  readonly by: string | null;
  /** The rules that decide: those that permit it, and those that stand in the way of more. */
  readonly policies: readonly string[];
}

/** What a role may be registered for. */
export type RoleReach = Readonly<
  Record<Role, { readonly purposes: readonly Purpose[]; readonly rowScopes: readonly DecisionInput["rowScope"][] }>
>;

export interface MatrixQuestion {
  readonly reach: RoleReach;
  readonly line: LineOfBusiness;
}

interface Standing {
  readonly by: string;
  readonly changes: Partial<DecisionInput>;
}

/** Waits between one cell and the next, told how long that took. */
export type Rest = (tookMs: number) => Promise<void>;

/**
 * Everybody at their own work: trained, freshly signed in, the unit assigned and open, a field of the standard view, no flag, nobody's approval. Lets
 * others run between one cell and the next, since it takes thousands of decisions.
 */
export async function matrixOf(
  set: PolicySet,
  { reach, line }: MatrixQuestion,
  rest: Rest = () => breathe(),
): Promise<readonly MatrixCell[]> {
  const cells: MatrixCell[] = [];
  for (const role of ROLES) {
    const standings = standingsOf(set, role, reach[role].rowScopes);
    const byClass = DATA_CLASSES.map((dataClass) => ({ dataClass, ...unlike(set, role, dataClass, standings) }));
    for (const purpose of reach[role].purposes) {
      for (const one of byClass) {
        const begunMs = performance.now();
        cells.push(cellOf(set, { role, purpose, line, ...one }));
        await rest(performance.now() - begunMs);
      }
    }
  }
  return cells;
}

const CUSTOMERS: Readonly<Partial<Record<Role, DecisionInput["relationship"]>>> = {
  policyholder: "self",
  "dependant-policyholder": "dependant",
  beneficiary: "beneficiary",
};

function standingsOf(set: PolicySet, role: Role, rowScopes: readonly DecisionInput["rowScope"][]): Standing[] {
  const relationship = CUSTOMERS[role];
  if (relationship !== undefined) return [{ by: relationship, changes: { rowScope: "none", relationship } }];
  return rowScopes.flatMap((rowScope): Standing[] => {
    if (rowScope === "groups") return [{ by: "groups", changes: { rowScope, ownGroup: true } }];
    const assigned = kindsOf(set, role).map((assignment) => ({ by: assignment, changes: { rowScope, assignment } }));
    return rowScope === "everything-masked" ? [{ by: rowScope, changes: { rowScope } }, ...assigned] : assigned;
  });
}

/** What the rules call the members of an input that a standing changes. */
const TYPES = { rowScope: "RowScope", assignment: "AssignmentKind" } as const;

interface Unlike {
  readonly standings: readonly Standing[];
  /** No rule permits anything of the class, however one stands: of the first the reasons are told. */
  readonly isUnpermitted: boolean;
}

/**
 * The first of those that no rule about the class tells apart. Sound since conditions compare members of the context with what they name alone: values
 * that none of them names are one and the same to all of them (picture.test.ts holds it against deciding each).
 */
function unlike(set: PolicySet, role: Role, dataClass: DataClass, standings: readonly Standing[]): Unlike {
  const rules = set.rules.filter(
    (rule) => (rule.role ?? role) === role && rule.family !== "send" && rule.classes?.has(dataClass) !== false,
  );
  if (rules.every(({ effect }) => effect === "forbid"))
    return { standings: standings.slice(0, 1), isUnpermitted: true };
  const isNamed = (word: string): boolean => rules.some(({ mentions }) => mentions.has(word));
  const signature = ({ changes }: Standing): string =>
    JSON.stringify(
      Object.entries(changes).map(([name, value]) => {
        const type = TYPES[name as keyof typeof TYPES];
        return [name, type === undefined || isNamed(`${type}::${value}`) ? value : "another"];
      }),
    );
  const last = new Map(standings.toReversed().map((one) => [signature(one), one]));
  return { standings: [...last.values()].toReversed(), isUnpermitted: false };
}

const USUAL_KINDS: readonly AssignmentKind[] = ["claim", "policy"];

/** The kinds that the role's own permits speak of. */
function kindsOf(set: PolicySet, role: Role): readonly AssignmentKind[] {
  const own = set.rules.filter((rule) => rule.effect === "permit" && rule.role === role);
  const named = ASSIGNMENT_KINDS.filter((kind) => own.some((rule) => rule.mentions.has(`AssignmentKind::${kind}`)));
  return named.length > 0 ? named : USUAL_KINDS;
}

interface CellQuestion extends Pick<MatrixCell, "role" | "purpose" | "dataClass">, Unlike {
  readonly line: LineOfBusiness;
}

interface Best {
  readonly judgement: Judgement;
  readonly by: string;
}

function cellOf(set: PolicySet, question: CellQuestion): MatrixCell {
  const { role, purpose, dataClass, line, standings, isUnpermitted } = question;
  let best = null as Best | null;
  for (const { by, changes } of standings) {
    const input = { ...AT_WORK, role, purpose, dataClass, line, ...emergencyOf(purpose), ...changes };
    const judgement: Judgement | null = isUnpermitted
      ? judge(set, { input, wanted: "clear", exactly: true })
      : improved(set, input, best?.judgement.form ?? null);
    if (judgement === null) continue;
    best = { judgement, by };
    if (judgement.form === "clear") break;
  }
  const form = best?.judgement.form ?? "denied";
  return {
    role,
    purpose,
    dataClass,
    form,
    by: form === "denied" ? null : (best?.by ?? null),
    policies: best === null ? [] : citedBy(set, best.judgement),
  };
}

/** What gives more than is given already; of the first standing whatever it is, with the reasons. Asks no more than it takes to know. */
function improved(set: PolicySet, input: DecisionInput, former: Form | null): Judgement | null {
  if (former === "masked") {
    const judgement = judge(set, { input, wanted: "clear", exactly: true });
    return judgement.form === "clear" ? judgement : null;
  }
  // What permits more permits a token too, so that one question finds most of what is denied.
  if (former === "denied" && judge(set, { input, wanted: "token", exactly: true }).form === "denied") return null;
  const judgement = judge(set, { input, wanted: "clear", exactly: false });
  return former === null || rank(judgement.form) < rank(former) ? judgement : null;
}

function emergencyOf(purpose: Purpose): Partial<DecisionInput> {
  return purpose === "emergency" ? { basis: "emergency", breakGlass: true } : {};
}

function citedBy({ defaults }: PolicySet, { permits, stop }: Judgement): string[] {
  const rules = [...permits, ...(stop?.forbids ?? [])].map(({ id }) => id);
  return stop?.unpermitted == null ? rules : [...rules, defaults[stop.unpermitted].id];
}

const rank = (form: Form): number => (form === "denied" ? FORMS_BEST_FIRST.length : FORMS_BEST_FIRST.indexOf(form));

const AT_WORK: Omit<DecisionInput, "role" | "purpose" | "dataClass"> = {
  ...UNKNOWN_CUSTOMER,
  basis: "role-duty",
  rowScope: "none",
  purposeRegistered: true,
  classAllowed: true,
  trainingCurrent: true,
  strongSignIn: true,
  freshSignIn: true,
  phishingResistant: true,
  policiesAcknowledged: true,
  breakGlass: false,
  bulk: false,
  trait: "none",
  fieldNeeded: true,
  standardView: true,
  recipient: "none",
  recipientContract: false,
  recipientVerified: false,
  callerVerified: true,
};
