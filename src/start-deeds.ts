// What carries decisions on customers' requests out: copies, erasures, choices and lists, each by the domain that holds it.
import type { Access } from "./access/access.ts";
import type { Accounting, Law } from "./accounting/accounting.ts";
import type { ChoiceRule } from "./choices/choices.ts";
import type { Clocks } from "./clocks/clocks.ts";
import type { Fulfilment } from "./fulfilment/fulfilment.ts";
import type { Uuid } from "./kernel/bytes.ts";
import { AppError } from "./kernel/app-error.ts";
import type { Preferences } from "./preferences/preferences.ts";
import { correctedBy, type Correcting } from "./start-corrections.ts";
import type { Along, Deeds } from "./requests/requests.ts";
import { type Retention, RetentionError } from "./retention/retention.ts";

export interface Carrying extends Correcting {
  readonly access: Access;
  readonly accounting: Pick<Accounting, "rules" | "recipientsOf">;
  readonly choiceRules: readonly ChoiceRule[];
  readonly fulfilment: Fulfilment;
  readonly preferences: Pick<Preferences, "read">;
  readonly retention: Retention;
}

/** Which list each law of the rules makes; the timeline for those that name none. */
const LISTS: readonly (readonly [prefix: string, law: Law])[] = [
  ["US-HIPAA", "hipaa"],
  ["EU-GDPR", "gdpr"],
  ["UK-GDPR", "gdpr"],
  ["NAIC670", "naic-670"],
];

export function carriedOutBy(parts: Carrying & { readonly clocks: Clocks }): Deeds {
  const { accounting, choiceRules, fulfilment } = parts;
  return {
    makeCopy: (of, along) => makeCopy(parts, of, along),
    copyStanding: async (at) => {
      try {
        const { state, fetched } = await fulfilment.face(at);
        if (state === "in-review") return state;
        return fetched.length > 0 ? "fetched" : "ready";
      } catch (error) {
        if (isCode(error, "unknown-package")) return "gone";
        throw error;
      }
    },
    erase: (of, along) => erase(parts, of, along),
    ...correctedBy(parts),
    choicesOn: (kind) => choiceRules.filter(({ onRequest }) => onRequest.includes(kind)).map(({ choice }) => choice),
    flagOf: (choice) => choiceRules.find((one) => one.choice === choice)?.flag ?? null,
    listFor: (ruleId) => {
      const law = LISTS.find(([prefix]) => ruleId.startsWith(prefix))?.[1];
      return accounting.rules.laws.some((one) => one.law === law) && law !== undefined ? law : "timeline";
    },
  };
}

type CopyOf = Parameters<Deeds["makeCopy"]>[0];

async function makeCopy({ access, fulfilment, preferences }: Carrying, of: CopyOf, along: Along): Promise<void> {
  const { customerId, requestId, decidedBy } = of;
  const { language } = await preferences.read(customerId);
  const making = { customerId, requestId, madeBy: decidedBy, language: language ?? "en", along };
  await fulfilment.makePackage(access.system, making);
}

type ErasureOf = Parameters<Deeds["erase"]>[0];

/** Judged anew, at the customer's revision: what came between the decision and now forbids it. */
async function erase({ access, retention }: Carrying, of: ErasureOf, along: Along): ReturnType<Deeds["erase"]> {
  const { customerId, unitId, requestId } = of;
  const actor = {
    actorId: access.system.principalId,
    actorRevision: null,
    purpose: "data-subject-request",
    basis: "rights-request",
    note: "rights request granted",
    also: async (tx: Parameters<Along>[0], [act, resultId]: readonly Uuid[]) =>
      act === undefined || resultId === undefined ? [] : along(tx, { act, resultId }),
  } as const;
  try {
    await retention.erase({ customerId, unitId, requestId }, null, actor);
    return "done";
  } catch (error) {
    if (isCode(error, "erased")) return "gone";
    if (!(error instanceof RetentionError) || error.code !== "erasure-forbidden") throw error;
    return error.obstacles.map(({ kind, unitId: held, citation, until }) => ({ kind, unitId: held, citation, until }));
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof AppError && error.code === code;
}
