// POST /v1/grants
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { grantRequest } from "../../../contract/grants.ts";
import { grantRoutes } from "../../../contract/routes/grants.ts";
import type { AlsoWrite, Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { serve } from "../serve.ts";
import { groupId, idOf, type Shell } from "../shell.ts";
import { ownGrant } from "./own-grant.ts";

export function postGrants(http: FastifyInstance, shell: Shell): void {
  serve(http, grantRoutes.request, ({ body, principal, request }) =>
    shell.idempotency.once(
      request,
      async (also) => ownGrant(shell, principal, await ask(shell, body, principal, also)),
      ([grantId]) => ownGrant(shell, principal, grantId),
    ),
  );
}

function ask(
  { grants, keys }: Shell,
  body: z.output<typeof grantRequest>,
  principal: Authenticated,
  also: AlsoWrite,
): Promise<Uuid> {
  if (body.form === "two-person")
    return grants.requestApproval({ ...body, customerId: idOf(body.customerId) }, principal, also);
  const { groups, classes, ...asked } = body;
  const elevation = { ...asked, groups: groups?.map((name) => groupId(keys, name)), classCeiling: classes };
  return grants.requestElevation(elevation, principal, also);
}
