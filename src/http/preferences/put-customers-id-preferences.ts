// PUT /v1/customers/:customerId/preferences
import type { FastifyInstance } from "fastify";
import { preferenceRoutes } from "../../../contract/routes/preferences.ts";
import { requireCustomer } from "../customers/may-write.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { givenOf, preferenceAnswer } from "./preference-answer.ts";

export function putCustomersIdPreferences(http: FastifyInstance, shell: Shell): void {
  const { idempotency, preferences } = shell;
  serve(http, preferenceRoutes.setFor, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    await requireCustomer(shell, principal, { action: "preference.set", kind: "preference", customerId });
    return idempotency.once(
      request,
      async (also) => preferenceAnswer(await preferences.set(principal, customerId, givenOf(body), also)),
      async () => preferenceAnswer(await preferences.read(customerId)),
    );
  });
}
