// GET /v1/notice-rounds/:roundId/customers
import type { FastifyInstance } from "fastify";
import { noticeRoundRoutes } from "../../../contract/routes/notice-rounds.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { roundCustomerAnswer } from "./notice-answer.ts";

export function getNoticeRoundsIdCustomers(http: FastifyInstance, shell: Shell): void {
  const { rounds, cursors } = shell;
  serve(http, noticeRoundRoutes.customers, async ({ params, query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "notice", customerId: null });
    const { verdict = null, limit } = query;
    const name = `notice round customers ${params.roundId} ${verdict ?? "all"}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? -1 : Number(cursor);
    const lines = await rounds.lines(idOf(params.roundId), { verdict, after, limit });
    const last = lines.length === limit ? lines.at(-1) : undefined;
    const next = last === undefined ? null : String(last.line);
    return { items: lines.map(roundCustomerAnswer), next: cursors.print(name, principal.principalId, next) };
  });
}
