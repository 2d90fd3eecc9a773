// An import run as the interface shows it.
import type { z } from "zod";
import type { importRun } from "../../../contract/operations.ts";
import type { Run } from "../../import/import.ts";

/**
 * INVARIANT: how many matches were suggested is told to those alone who decide on them. Whoever feeds a value in, and sees the figure rise, has learnt
 * that somebody is known who has it.
 */
export function runAnswer(run: Run, maySeeMatches: boolean): z.output<typeof importRun> {
  const { importId, mapping, state, offsetBytes, line, totals } = run;
  const { control, created, corrected, unchanged, customersCreated, customers, suggestions, warnings } = totals;
  return {
    importId,
    mapping,
    state,
    offsetBytes,
    line,
    totals: {
      rows: control.rows + control.rejected,
      created,
      corrected,
      unchanged,
      rejected: control.rejected,
      customersCreated,
      customers,
      ...(maySeeMatches ? { suggestions } : {}),
      warnings,
      warningKinds: { ...totals.warningKinds },
      sums: { ...control.sums },
    },
  };
}
