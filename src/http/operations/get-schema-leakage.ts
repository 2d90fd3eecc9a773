// GET /v1/schema/leakage
import type { FastifyInstance } from "fastify";
import { operationRoutes } from "../../../contract/routes/operations.ts";
import { planLeakage, printLeakagePlan } from "../../vault/vault.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getSchemaLeakage(http: FastifyInstance, { vault }: Shell): void {
  serve(http, operationRoutes.leakage, async () => ({ text: printLeakagePlan(planLeakage(vault.registry)) }));
}
