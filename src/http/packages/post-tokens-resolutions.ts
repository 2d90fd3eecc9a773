// POST /v1/tokens/resolutions
import type { FastifyInstance } from "fastify";
import { tokenRoutes } from "../../../contract/routes/packages.ts";
import { fieldAnswer } from "../disclosures/field-answer.ts";
import { HttpError } from "../errors.ts";
import { refuse } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { trace } from "../../tokens/tokens.ts";

export function postTokensResolutions(http: FastifyInstance, shell: Shell): void {
  const { gate, idempotency, metrics } = shell;
  serve(http, tokenRoutes.resolve, async ({ body, principal, request }) => {
    await idempotency.check(request);
    const traced = await trace(shell, idOf(body.recipientId), { token: body.token, at: shell.clock.now() });
    const attempt = { action: "package.make", kind: "package", customerId: null } as const;
    if (traced === null) return refuse(shell, principal, attempt, new HttpError("not-found"));
    const { purpose, basis, as, justification = null } = body;
    const { customerId, recordId, field } = traced;
    const { disclosureId, customers } = await gate.disclose(principal, {
      purpose,
      basis,
      as: as === undefined ? undefined : idOf(as),
      justification,
      form: "clear",
      fields: [field],
      recipient: null,
      subjects: [{ customerId, unitId: null, recordIds: new Set([recordId]) }],
    });
    const answer = customers[0]?.fields[0];
    const outcome = answer === undefined ? "denied" : answer.form;
    metrics.countDecision("token", outcome === "denied" ? "denied" : "allowed");
    // INVARIANT: what is shown of nobody is told of nobody: the denial is an entry, and the answer that of an unknown token.
    if (answer === undefined || outcome === "denied") throw new HttpError("not-found");
    return { disclosureId, customerId, field: fieldAnswer(answer) };
  });
}
