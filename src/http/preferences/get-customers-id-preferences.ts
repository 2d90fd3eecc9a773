// GET /v1/customers/:customerId/preferences
import type { FastifyInstance } from "fastify";
import { preferenceRoutes } from "../../../contract/routes/preferences.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { recordView } from "../customers/record-view.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { preferenceAnswer } from "./preference-answer.ts";

export function getCustomersIdPreferences(http: FastifyInstance, shell: Shell): void {
  serve(http, preferenceRoutes.of, async ({ params, principal }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "preference.read", kind: "flag-read", customerId });
    await recordView(shell, principal, "flag-read", customerId);
    return preferenceAnswer(await shell.preferences.read(customerId));
  });
}
