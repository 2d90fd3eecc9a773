// POST /v1/customers/:customerId/flags
import type { FastifyInstance } from "fastify";
import { flagRoutes } from "../../../contract/routes/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { flagsOf } from "./flags-of.ts";

export function postCustomersIdFlags(http: FastifyInstance, shell: Shell): void {
  const { access, idempotency } = shell;
  serve(http, flagRoutes.set, async ({ params, body, principal, request }) => {
    const customerId = idOf(params.customerId);
    const { kind, reason, startsAt, endsAt } = body;
    const asked = {
      customerId,
      kind,
      reason,
      ...(startsAt === undefined ? {} : { startsAt: new Date(startsAt) }),
      endsAt: endsAt === undefined ? null : new Date(endsAt),
    };
    const answer = async (flagId: Uuid | undefined) => {
      const found = (await flagsOf(shell, customerId)).find((flag) => flag.flagId === flagId);
      if (found === undefined) throw new HttpError("conflict", { detail: "the flag set with this key has ended" });
      return found;
    };
    return idempotency.once(
      request,
      async (also) => answer(await access.setFlag(asked, principal, also)),
      ([flagId]) => answer(flagId),
    );
  });
}
