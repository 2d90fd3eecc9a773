// Import runs as the interface shows them.
import type { z } from "zod";
import type { importRun } from "../../../contract/operations.ts";
import type { Authenticated } from "../../access/access.ts";
import type { ImportRequest } from "../../feeds/feeds.ts";
import type { Run } from "../../import/import.ts";
import { parseOrigin } from "../../vault/vault.ts";
import { originAnswer } from "../customers/origins.ts";
import type { Shell } from "../shell.ts";

type RunAnswer = z.output<typeof importRun>;
type Parts = Pick<Shell, "access" | "feeds" | "vault">;

/**
 * INVARIANT: how many matches were suggested is told to those alone who decide on them. Whoever feeds a value in, and sees the figure rise, has learnt
 * that somebody is known who has it.
 */
export async function runAnswers({ access, feeds, vault }: Parts, asker: Authenticated, runs: readonly Run[]) {
  const maySeeMatches = access.may(asker, "match.decide");
  const requests = await feeds.imports.requests();
  return runs.map((run) => runAnswer(vault, run, requests.get(run.importId), maySeeMatches));
}

export async function oneRunAnswer(parts: Parts, asker: Authenticated, run: Run): Promise<RunAnswer> {
  const [answer] = await runAnswers(parts, asker, [run]);
  if (answer === undefined) throw new TypeError("a run has its answer");
  return answer;
}

function runAnswer(
  vault: Shell["vault"],
  run: Run,
  request: ImportRequest | undefined,
  maySeeMatches: boolean,
): RunAnswer {
  const { importId, mapping, state, startedBy, offsetBytes, line, totals } = run;
  const { control, created, corrected, unchanged, customersCreated, customers, suggestions, warnings } = totals;
  return {
    importId,
    mapping,
    state,
    startedBy,
    approval: request === undefined ? "not-needed" : request.approvedBy === null ? "awaited" : "given",
    offsetBytes,
    line,
    origin: originAnswer(vault, totals.origin === null ? null : parseOrigin(totals.origin)),
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
