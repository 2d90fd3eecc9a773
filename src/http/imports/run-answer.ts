// An import run as the interface shows it.
import type { z } from "zod";
import type { importRun } from "../../../contract/operations.ts";
import type { Run } from "../../import/import.ts";

export function runAnswer({ importId, mapping, state, offsetBytes, line, totals }: Run): z.output<typeof importRun> {
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
      suggestions,
      warnings,
      sums: { ...control.sums },
    },
  };
}
