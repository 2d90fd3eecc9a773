// GET /v1/access/policies/:group/:name
import type { FastifyInstance } from "fastify";
import type { PolicyAnswer } from "../../../contract/matrix.ts";
import { matrixRoutes } from "../../../contract/routes/access.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

export function getAccessPoliciesId(http: FastifyInstance, { access, gate }: Shell): void {
  serve(http, matrixRoutes.policy, async ({ params, principal }) => {
    requireRight(access, principal, "policy.read");
    const { group, name } = params;
    const found = gate.policy(group === "default" ? name : `${group}/${name}`);
    if (found === null) throw new HttpError("not-found");
    return { ...found, remedies: [...found.remedies] } as PolicyAnswer;
  });
}
