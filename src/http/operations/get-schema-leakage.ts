// GET /v1/schema/leakage
import type { FastifyInstance } from "fastify";
import { operationRoutes } from "../../../contract/routes/operations.ts";
import { planLeakage, printLeakagePlan } from "../../vault/vault.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getSchemaLeakage(http: FastifyInstance, { vault }: Shell): void {
  serve(http, operationRoutes.leakage, async () => {
    const plan = planLeakage(vault.registry);
    const fieldsOf = (name: string): string[] =>
      plan.fields
        .filter(({ unique, truncated }) => [...unique, ...truncated].some((index) => index.name === name))
        .map(({ field }) => field.path);
    return {
      text: printLeakagePlan(plan),
      customers: plan.customers,
      indexes: plan.indexes.map(({ index, coincidences, holdersMax, signal }) => ({
        index: index.name,
        fields: fieldsOf(index.name),
        bits: index.bits,
        isUnique: index.unique,
        coincidences,
        holdersMax,
        signal,
      })),
    };
  });
}
