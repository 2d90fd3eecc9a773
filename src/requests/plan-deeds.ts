// Which deeds a decision comes to, by what was asked for.
import { newId } from "../kernel/ids.ts";
import type { RequestsContext } from "./context.ts";
import type { Deed } from "./deed-row.ts";
import { RequestsError } from "./errors.ts";
import type { RequestContent } from "./request-row.ts";

export interface Planned {
  readonly outcome: "fulfilled" | "partly" | "refused";
  /** Of an erasure in part. */
  readonly unitIds: readonly string[];
  /** What the customer says no to from now on; by what was asked for when empty. */
  readonly choices: readonly string[];
  /** A copy that was made by hand before. */
  readonly copyId: string | null;
}

type To = Pick<Deed, "do" | "to"> & Partial<Deed>;

/** None where the decision itself is the answer. Throws RequestsError `units-needed`, `unknown-choice`, `proposal-needed`. */
export function planDeeds(
  { deeds }: Pick<RequestsContext, "deeds">,
  { kind, ruleId, flagId, proposal }: Pick<RequestContent, "kind" | "ruleId" | "flagId" | "proposal">,
  planned: Planned,
  round: number,
): Deed[] {
  if (planned.outcome === "refused") return [];
  const made = (one: To): Deed => ({
    deedId: newId(),
    round,
    state: "due",
    at: null,
    resultId: null,
    heldUntil: null,
    tries: 0,
    fault: null,
    obstacles: [],
    recipient: null,
    told: null,
    ...one,
  });
  switch (kind) {
    case "access":
    case "portability":
      return [made({ do: "copy", to: null, resultId: planned.copyId })];
    case "erasure":
      return erasures(planned).map((to) => made({ do: "erase", to }));
    case "restriction":
      return [made({ do: "restrict", to: null, resultId: flagId })];
    case "objection":
    case "opt-out":
      return choicesOf(deeds, kind, planned).map((to) => made({ do: "choose", to }));
    case "accounting":
      return [made({ do: "list", to: deeds.listFor(ruleId) })];
    case "automated-decision-review":
      return [made({ do: "review", to: null })];
    case "correction":
      if (proposal === null) throw new RequestsError("proposal-needed");
      return [made({ do: "correct", to: proposal.recordId })];
    default:
      return [];
  }
}

/** All of it, or unit by unit (GDPR Art. 17(3): "to the extent that"). */
function erasures({ outcome, unitIds }: Planned): readonly (string | null)[] {
  if (outcome === "fulfilled") return [null];
  if (unitIds.length === 0) throw new RequestsError("units-needed");
  return [...new Set(unitIds)];
}

function choicesOf(deeds: RequestsContext["deeds"], kind: "objection" | "opt-out", { choices }: Planned) {
  const wanted = choices.length === 0 ? deeds.choicesOn(kind) : [...new Set(choices)];
  if (wanted.some((one) => deeds.flagOf(one) === null)) throw new RequestsError("unknown-choice");
  return wanted;
}
