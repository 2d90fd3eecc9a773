// GET /v1/flows
import type { FastifyInstance } from "fastify";
import { flowRoutes } from "../../../contract/routes/packages.ts";
import { sayCheck } from "../../packages/packages.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { requireAnyRight } from "./may-read.ts";

export function getFlows(http: FastifyInstance, shell: Shell): void {
  serve(http, flowRoutes.list, async ({ principal }) => {
    await requireAnyRight(shell, principal);
    const items = shell.packages.flows().map(({ version: _version, smallestGroup = null, checks, ...flow }) => ({
      ...flow,
      smallestGroup,
      checks: checks.map((check) => ({
        check: check.check,
        says: sayCheck(check),
        attest: check.check === "attested" ? check.attest : null,
        needs: check.check === "attested" ? check.needs : ("nothing" as const),
        citation: check.citation ?? null,
      })),
    }));
    return { items };
  });
}
