// Gathers the facts a decision rests on. Facts that later features supply stand as absent, so nothing is permitted on them.
import type { Authenticated } from "../access/access.ts";
import type { DecisionInput } from "./policy/policy.ts";
import { NO_GROUNDS } from "./policy/policy.ts";
import type { Terms } from "./question.ts";
import { roleAs } from "./relationships.ts";
import type { Situation, Standing, UnitFacts } from "./situation.ts";

type AskerPart = Pick<
  DecisionInput,
  "role" | "purpose" | "basis" | "rowScope" | "purposeRegistered" | "trainingCurrent" | "strongSignIn" | "breakGlass"
>;
type FieldPart = Pick<DecisionInput, "dataClass" | "trait" | "fieldNeeded">;

export function askerFacts(asker: Authenticated, terms: Pick<Terms, "purpose" | "basis">): AskerPart {
  return {
    role: asker.role,
    purpose: terms.purpose,
    basis: terms.basis,
    rowScope: asker.rowScope,
    purposeRegistered: asker.purposes.includes(terms.purpose),
    // API clients are machines: no training to take, and a secret that only a machine holds.
    trainingCurrent: true,
    strongSignIn: true,
    breakGlass: false,
  };
}

export interface FactSources {
  readonly asker: Authenticated;
  readonly askerPart: AskerPart;
  readonly terms: Pick<Terms, "recipient">;
  readonly field: FieldPart;
}

/** The whole input for one field of one record, for one way in which the asker stands to its unit. */
export function decisionInput(
  sources: FactSources,
  situation: Situation,
  unit: UnitFacts,
  standing: Standing,
): DecisionInput {
  const { flags } = situation;
  return {
    ...fieldFacts(sources),
    role: roleAs(standing.relationship) ?? sources.askerPart.role,
    line: unit.line,
    entityAllowed: unit.entityAllowed,
    lineAllowed: unit.lineAllowed,
    ownGroup: unit.ownGroup,
    assignment: standing.assignment,
    caseOpen: standing.caseOpen,
    relationship: standing.relationship,
    ...NO_GROUNDS,
    protectionOrder: flags.has("protection-order"),
    restricted: flags.has("restricted"),
    employee: flags.has("employee"),
    vip: flags.has("vip"),
    minor: flags.has("minor"),
    deceased: flags.has("deceased"),
    erased: situation.erased,
  };
}

/** The part of an input that depends on no customer. */
function fieldFacts(sources: FactSources): AskerPart & FieldPart & RecipientPart & { classAllowed: boolean } {
  const { asker, askerPart, terms, field } = sources;
  return {
    ...askerPart,
    ...field,
    classAllowed: asker.classCeiling === null || asker.classCeiling.includes(field.dataClass),
    recipient: terms.recipient?.type ?? "none",
    // The register of recipients with their contracts and verification comes with lawful sharing; until then there are none.
    recipientContract: false,
    recipientVerified: false,
  };
}

type RecipientPart = Pick<DecisionInput, "recipient" | "recipientContract" | "recipientVerified">;
