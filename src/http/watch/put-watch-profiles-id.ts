// PUT /v1/watch/profiles/:principalId
import type { FastifyInstance } from "fastify";
import { watchRoutes } from "../../../contract/routes/watch.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function putWatchProfilesId(http: FastifyInstance, { access, idempotency, watch }: Shell): void {
  serve(http, watchRoutes.setProfile, ({ params, body, principal, request }) => {
    const principalId = idOf(params.principalId);
    const { firstName = null, birthDate = null, street = null, postcode = null, customerId, ...rest } = body;
    const own = customerId === undefined ? null : idOf(customerId);
    const profile = { firstName, birthDate, street, postcode, customerId: own, ...rest };
    return idempotency.once(
      request,
      async (also) => {
        if (access.may(principal, "staff-profile.set") && !(await access.knows(principalId)))
          throw new HttpError("not-found");
        await watch.setProfile({ principalId, profile }, principal, also);
        return { id: principalId };
      },
      () => ({ id: principalId }),
    );
  });
}
