// GET /v1/customers/:customerId/flags
import type { FastifyInstance } from "fastify";
import { flagRoutes } from "../../../contract/routes/customers.ts";
import { serve } from "../serve.ts";
import { requireRecordedRight } from "../refusals.ts";
import { idOf, type Shell } from "../shell.ts";
import { flagsOf } from "./flags-of.ts";
import { recordView } from "./record-view.ts";

export function getCustomersIdFlags(http: FastifyInstance, shell: Shell): void {
  serve(http, flagRoutes.list, async ({ params, principal }) => {
    // Whoever sets them needs to see them; everybody else is told of them by the gate, as far as they need to know.
    const customerId = idOf(params.customerId);
    await requireRecordedRight(shell, principal, { action: "flag.set", kind: "flag-read", customerId });
    await recordView(shell, principal, "flag-read", customerId);
    return { items: await flagsOf(shell, customerId) };
  });
}
