// POST /v1/mapping-trials
import type { FastifyInstance } from "fastify";
import { importRoutes } from "../../../contract/routes/operations.ts";
import { type TriedMapping, shownMapping, tryMapping } from "../../import/import.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { needsApproval } from "./may-import.ts";

type TriedRow = TriedMapping["rows"][number];

/** Whoever tries sent the rows themselves: nothing that is held is read or answered, so it is no disclosure. */
export function postMappingTrials(http: FastifyInstance, shell: Shell): void {
  serve(http, importRoutes.tryMapping, async ({ body, principal }) => {
    requireRight(shell.access, principal, "mapping.propose");
    const { entities, lines } = principal;
    const head = Buffer.from(body.head);
    const { faults, mapping, rows } = await tryMapping(shell.vault.registry, body.text, head, { entities, lines });
    const fieldPaths = mapping === null ? [] : shownMapping(mapping).fieldPaths;
    return {
      faults: [...faults],
      needsApproval: needsApproval(shell, principal, fieldPaths),
      rows: rows.map(rowAnswer),
    };
  });
}

function rowAnswer({ line, rejects, records }: TriedRow) {
  return {
    line,
    rejects: rejects.map(({ field, code: reason }) => ({ field, reason })),
    records: records.map(({ type, unit, fields }) => ({
      type,
      unit,
      fields: Object.entries(fields).map(([name, { normalised: value, warning = null }]) => ({
        field: `${type}.${name}`,
        value,
        warning,
      })),
    })),
  };
}
