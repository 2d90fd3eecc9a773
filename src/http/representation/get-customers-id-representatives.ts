// GET /v1/customers/:customerId/representatives
import type { FastifyInstance } from "fastify";
import { representationRoutes } from "../../../contract/routes/representation.ts";
import { recordView } from "../customers/record-view.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { representationAnswer } from "./representation-answer.ts";

export function getCustomersIdRepresentatives(http: FastifyInstance, shell: Shell): void {
  serve(http, representationRoutes.list, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "representation.end", kind: "link-read", customerId });
    await recordView(shell, principal, "link-read", customerId);
    return { items: (await shell.representations.list(customerId)).map(representationAnswer) };
  });
}
