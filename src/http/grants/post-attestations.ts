// POST /v1/attestations
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { attestationRequest } from "../../../contract/grants.ts";
import { attestationRoutes } from "../../../contract/routes/grants.ts";
import type { AlsoWrite, Authenticated } from "../../access/access.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";

export function postAttestations(http: FastifyInstance, { grants, idempotency }: Shell): void {
  const attest = (
    body: z.output<typeof attestationRequest>,
    principal: Authenticated,
    also: AlsoWrite,
  ): Promise<Uuid> => {
    if (body.what === "policy") return grants.acknowledgePolicy(body.policy, principal, also);
    if (body.what === "conflict") {
      const declared = { customerId: idOf(body.customerId), note: body.note ?? null };
      return grants.declareConflict(declared, principal, also);
    }
    const { course, passedAt } = body;
    const record = { principalId: idOf(body.principalId), course, passedAt: new Date(passedAt) };
    return grants.recordTraining(record, principal, also);
  };
  serve(http, attestationRoutes.attest, ({ body, principal, request }) =>
    idempotency.once(
      request,
      async (also) => ({ attestationId: await attest(body, principal, also) }),
      ([attestationId]) => {
        if (attestationId === undefined) throw new HttpError("conflict");
        return { attestationId };
      },
    ),
  );
}
