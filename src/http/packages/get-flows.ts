// GET /v1/flows
import type { FastifyInstance } from "fastify";
import { flowRoutes } from "../../../contract/routes/packages.ts";
import { aboutCheck, sayCheck } from "../../packages/packages.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { requireAnyRight } from "./may-read.ts";

export function getFlows(http: FastifyInstance, shell: Shell): void {
  serve(http, flowRoutes.list, async ({ principal }) => {
    await requireAnyRight(shell, principal);
    const items = shell.packages
      .flows()
      .map(({ version: _version, smallestGroup = null, encloses = null, checks, ...flow }) => ({
        ...flow,
        smallestGroup,
        encloses,
        waitsFor: shell.gate.waitsFor(flow).flatMap((id) => {
          const permit = shell.gate.policy(id);
          return permit === null ? [] : [{ id, title: permit.title, citation: permit.citation }];
        }),
        checks: checks.map((check) => ({
          check: check.check,
          says: sayCheck(check),
          about: aboutCheck(check),
          attest: check.check === "attested" ? check.attest : null,
          needs: check.check === "attested" ? check.needs : ("nothing" as const),
          citation: check.citation ?? null,
        })),
      }));
    return { items };
  });
}
