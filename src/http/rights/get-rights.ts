// GET /v1/rights
import type { FastifyInstance } from "fastify";
import { rightRoutes } from "../../../contract/routes/rights.ts";
import { parseId } from "../../kernel/ids.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { queueItemAnswer } from "./right-answer.ts";

export function getRights(http: FastifyInstance, shell: Shell): void {
  const { requests, cursors } = shell;
  serve(http, rightRoutes.queue, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "right.read", kind: "right", customerId: null });
    const name = `rights ${query.state} ${query.assignee}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const page = await requests.queue({
      isOpen: query.state === "open",
      assignee: query.assignee === "me" ? principal.principalId : query.assignee === "nobody" ? "nobody" : null,
      after: cursor === null ? null : placeOf(cursor),
      limit: query.limit,
    });
    const next = page.next === null ? null : `${page.next.dueBefore.getTime()} ${page.next.requestId}`;
    return {
      items: page.items.map((row) => queueItemAnswer(shell, row)),
      unverified: [...page.unverified],
      counts: cursor === null ? await requests.counts() : null,
      next: cursors.print(name, principal.principalId, next),
    };
  });
}

function placeOf(cursor: string) {
  const [time = "", id = ""] = cursor.split(" ");
  const requestId = parseId(id);
  if (requestId === null) throw new HttpError("invalid-cursor");
  return { dueBefore: new Date(Number(time)), requestId };
}
