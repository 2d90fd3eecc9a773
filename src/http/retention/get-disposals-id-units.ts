// GET /v1/disposals/:disposalId/units
import type { FastifyInstance } from "fastify";
import { disposalRoutes } from "../../../contract/routes/disposals.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { disposalUnitAnswer } from "./disposal-answer.ts";

export function getDisposalsIdUnits(http: FastifyInstance, shell: Shell): void {
  const { retention, cursors } = shell;
  serve(http, disposalRoutes.units, async ({ params, query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "disposal.read", kind: "retention", customerId: null });
    const { verdict = null, kind = null, limit } = query;
    const name = `disposal units ${params.disposalId} ${verdict ?? "all"} ${kind ?? "all"}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? -1 : Number(cursor);
    const units = await retention.disposals.lines(idOf(params.disposalId), { verdict, kind, after, limit });
    const last = units.length === limit ? units.at(-1) : undefined;
    const next = last === undefined ? null : String(last.line);
    return { items: units.map(disposalUnitAnswer), next: cursors.print(name, principal.principalId, next) };
  });
}
