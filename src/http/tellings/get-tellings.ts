// GET /v1/tellings
import type { FastifyInstance } from "fastify";
import { tellingRoutes } from "../../../contract/routes/tellings.ts";
import { parseId } from "../../kernel/ids.ts";
import type { TellingPlace } from "../../tellings/tellings.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { tellingAnswer } from "./telling-answer.ts";

export function getTellings(http: FastifyInstance, shell: Shell): void {
  const { cursors, tellings } = shell;
  serve(http, tellingRoutes.list, async ({ query, principal }) => {
    await requireRecordedRight(shell, principal, { action: "telling.read", kind: "right", customerId: null });
    const name = `tellings ${query.state}`;
    const cursor = cursors.parse(name, principal.principalId, query.cursor);
    const after = cursor === null ? null : placeOf(cursor);
    const page = await tellings.page(query.state === "open", { after, limit: query.limit });
    const next = page.next === null ? null : `${page.next.dueBefore.getTime()} ${page.next.tellingId}`;
    return {
      items: page.items.map((face) => tellingAnswer(shell, face)),
      next: cursors.print(name, principal.principalId, next),
    };
  });
}

function placeOf(cursor: string): TellingPlace {
  const [time = "", id = ""] = cursor.split(" ");
  const tellingId = parseId(id);
  if (tellingId === null) throw new HttpError("invalid-cursor");
  return { dueBefore: new Date(Number(time)), tellingId };
}
