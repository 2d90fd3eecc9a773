// POST /v1/flows/:flow/runs
import type { FastifyInstance } from "fastify";
import { flowRoutes } from "../../../contract/routes/packages.ts";
import { HttpError } from "../errors.ts";
import { requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { packageAnswer, subjectsOf } from "./package-answer.ts";
import { madeAnswer } from "./post-packages.ts";

export function postFlowsRuns(http: FastifyInstance, shell: Shell): void {
  const { packages, idempotency } = shell;
  serve(http, flowRoutes.run, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, { action: "package.make", kind: "package", customerId: null });
    const { customers, justification = null, recipientId, ...way } = body;
    const subjects = subjectsOf(customers);
    const run = { ...way, flow: params.flow, recipientId: idOf(recipientId), subjects, justification };
    return idempotency.once(
      request,
      async (also) => madeAnswer(shell, principal, await packages.runFlow(principal, run, also)),
      async ([packageId]) => {
        if (packageId === undefined) throw new HttpError("conflict");
        return { package: packageAnswer(await packages.read(principal, packageId)), secret: null, link: null };
      },
    );
  });
}
