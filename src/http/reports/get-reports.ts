// GET /v1/reports
import type { FastifyInstance } from "fastify";
import { reportRoutes } from "../../../contract/routes/reports.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { listedAnswer } from "./report-answer.ts";

export function getReports(http: FastifyInstance, { access, cursors, reports }: Shell): void {
  serve(http, reportRoutes.list, async ({ query, principal }) => {
    requireRight(access, principal, "report.read");
    const { state = null, limit } = query;
    const name = `reports ${state ?? "all"}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const page = await reports.list(principal, state, { after: cursor === null ? null : parseId(cursor), limit });
    return { items: page.items.map(listedAnswer), next: cursors.print(name, principal.principalId, page.next) };
  });
}
