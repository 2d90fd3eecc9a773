// POST /v1/verifications
import type { FastifyInstance } from "fastify";
import { operationRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { takesLong } from "./takes-long.ts";

export function postVerifications(http: FastifyInstance, { operations }: Shell): void {
  serve(http, operationRoutes.verify, async ({ principal, request }) => {
    takesLong(request);
    const report = await operations.verifyData(principal);
    return { ...report, findings: [...report.findings] };
  });
}
