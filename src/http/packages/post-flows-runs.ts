// POST /v1/flows/:flow/runs
import type { FastifyInstance } from "fastify";
import { flowRoutes } from "../../../contract/routes/packages.ts";
import { HttpError } from "../errors.ts";
import type { Authenticated } from "../../access/access.ts";
import { type FlowRun, type MadePackage, PackagesError } from "../../packages/packages.ts";
import type { Also } from "../idempotency.ts";
import { refuse, requireRecordedRight } from "../refusals.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { attestedOf, packageAnswer, subjectsOf } from "./package-answer.ts";
import { madeAnswer } from "./post-packages.ts";

const ATTEMPT = { action: "package.make", kind: "package", customerId: null } as const;

export function postFlowsRuns(http: FastifyInstance, shell: Shell): void {
  const { packages, idempotency } = shell;
  serve(http, flowRoutes.run, async ({ params, body, principal, request }) => {
    await requireRecordedRight(shell, principal, ATTEMPT);
    const { customers, justification = null, recipientId, attested, ...way } = body;
    const subjects = subjectsOf(customers);
    const told = { subjects, justification, attested: attestedOf(attested) };
    const run = { ...way, ...told, flow: params.flow, recipientId: idOf(recipientId) };
    return idempotency.once(
      request,
      async (also) => madeAnswer(shell, principal, await runOrRefuse(shell, principal, run, also)),
      async ([packageId]) => {
        if (packageId === undefined) throw new HttpError("conflict");
        return { package: packageAnswer(await packages.read(principal, packageId)), secret: null, link: null };
      },
    );
  });
}

/** What the checks of a flow refuse is an entry, as what the gate denies is. */
async function runOrRefuse(shell: Shell, principal: Authenticated, run: FlowRun, also: Also): Promise<MadePackage> {
  try {
    return await shell.packages.runFlow(principal, run, also);
  } catch (error) {
    if (!(error instanceof PackagesError) || error.code !== "checks-failed") throw error;
    return refuse(shell, principal, ATTEMPT, error);
  }
}
