// GET /v1/letters
import type { FastifyInstance } from "fastify";
import { letterRoutes } from "../../../contract/routes/letters.ts";
import { parseId } from "../../kernel/ids.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { letterAnswer } from "./letter-answer.ts";

export function getLetters(http: FastifyInstance, shell: Shell): void {
  const { letters, cursors } = shell;
  serve(http, letterRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "letter.read", kind: "letter", customerId: null });
    const name = `letters ${query.state}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? null : parseId(cursor);
    const page = await letters.page(query.state, { after, limit: query.limit });
    return { items: page.items.map(letterAnswer), next: cursors.print(name, principal.principalId, page.next) };
  });
}
