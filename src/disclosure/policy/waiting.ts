// Permits that wait for a signature, and what would leave for third parties by one of them and by nothing in force.
import { type Basis, type DataClass, LINES, type Purpose, type Role } from "../../kernel/vocabulary.ts";
import { createEngine, type Engine, type ReleasedForm } from "./engine.ts";
import { type DecisionInput, type RecipientType, type Trait, UNKNOWN_CUSTOMER } from "./input.ts";
import { fileNamed } from "./policy-files.ts";
import type { PolicySet } from "./policy-set.ts";
import type { PolicyRule } from "./rule.ts";

/** Something that is sent again and again, as a flow says it. */
export interface Sending {
  readonly recipients: readonly RecipientType[];
  readonly purpose: Purpose;
  readonly basis: Basis;
  readonly wanted: readonly { readonly form: ReleasedForm; readonly field: string; readonly dataClass: DataClass }[];
}

/** Ids of the unsigned permits for want of which something of it is kept back. Pure, and as the gate would decide. */
export type WaitsFor = (sending: Sending) => readonly string[];

/** A rule that names no role concerns this one too. */
const ANY_ROLE: Role = "service-account";

export function waitsForIn(set: PolicySet): WaitsFor {
  const schema = fileNamed(set, "schema.cedarschema").text;
  const unsigned = createEngine(`${set.digest}/unsigned`, schema, set.unsigned);
  const roles = [...new Set([ANY_ROLE, ...set.unsigned.flatMap(({ role }) => (role === null ? [] : [role as Role]))])];
  // Of the flows there are: each costs tens of milliseconds, in which nobody else is answered.
  const worked = new Map<string, readonly string[]>();
  return (sending) => {
    const key = JSON.stringify(sending);
    const known = worked.get(key);
    if (known !== undefined) return known;
    const inputs = inputsOf(set, sending, roles);
    const missing = new Set(inputs.flatMap(([form, input]) => missingFor({ set, unsigned }, form, input)));
    const ids = [...missing].toSorted();
    worked.set(key, ids);
    return ids;
  };
}

/** Forbids count as they stand: what the law keeps back waits for no signature. */
function missingFor(
  { set, unsigned }: { readonly set: PolicySet; readonly unsigned: Engine },
  form: ReleasedForm,
  input: DecisionInput,
): string[] {
  // The few that are unsigned are asked first: they mostly say nothing.
  const { allowed, rules } = unsigned.ask(`send-${form}`, input);
  if (!allowed) return [];
  const now = set.engine.ask(`send-${form}`, input);
  return now.allowed || now.failed || now.rules.length > 0 ? [] : rules.map(({ id }) => id);
}

type Asked = readonly [form: ReleasedForm, input: DecisionInput];

function inputsOf(set: PolicySet, { recipients, purpose, basis, wanted }: Sending, roles: readonly Role[]): Asked[] {
  const unlike = new Map<string, readonly [ReleasedForm, DataClass, Trait]>();
  for (const { form, field, dataClass } of wanted) {
    const trait = set.traitOf(field);
    unlike.set(`${form} ${dataClass} ${trait}`, [form, dataClass, trait]);
  }
  const asked: Asked[] = [];
  for (const recipient of recipients)
    for (const role of roles)
      for (const line of LINES)
        for (const [form, dataClass, trait] of unlike.values())
          asked.push([
            form,
            { ...SENDING, role, purpose, basis, recipient, line, dataClass, trait, ...grounds(basis) },
          ]);
  return asked;
}

function grounds(basis: Basis): Pick<DecisionInput, "authorizationCovers" | "legalProcessCovers"> {
  return { authorizationCovers: basis === "authorization", legalProcessCovers: basis === "legal-demand" };
}

/** Under contract, needed, and nothing of the customer's in the way. */
const SENDING: Omit<DecisionInput, "role" | "purpose" | "basis" | "recipient" | "dataClass" | "trait"> = {
  ...UNKNOWN_CUSTOMER,
  rowScope: "assignments",
  purposeRegistered: true,
  classAllowed: true,
  trainingCurrent: true,
  strongSignIn: true,
  freshSignIn: true,
  phishingResistant: true,
  policiesAcknowledged: true,
  breakGlass: false,
  bulk: false,
  fieldNeeded: true,
  standardView: true,
  recipientContract: true,
  recipientVerified: true,
  callerVerified: true,
};

/** What the conditions of a rule name of one kind: "Recipient", "Purpose". Nobody is no recipient. */
export function namedBy({ mentions }: PolicyRule, type: string): string[] {
  const named = [...mentions].flatMap((each) => (each.startsWith(`${type}::`) ? [each.slice(type.length + 2)] : []));
  return named.filter((each) => each !== "none").toSorted();
}
