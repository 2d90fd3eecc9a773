// GET /v1/notice-rounds
import type { FastifyInstance } from "fastify";
import { noticeRoundRoutes } from "../../../contract/routes/notice-rounds.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { roundAnswer } from "./notice-answer.ts";

export function getNoticeRounds(http: FastifyInstance, shell: Shell): void {
  const { rounds, cursors } = shell;
  serve(http, noticeRoundRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "notice", customerId: null });
    const cursor = cursors.parse("notice rounds", principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const page = await rounds.list({ after, limit: query.limit });
    return {
      items: page.items.map(roundAnswer),
      next: cursors.print("notice rounds", principal.principalId, page.next),
    };
  });
}
