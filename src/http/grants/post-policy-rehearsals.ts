// POST /v1/policy-rehearsals
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { rehearsalAnswer } from "../../../contract/rehearsals.ts";
import { policyRoutes } from "../../../contract/routes/grants.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postPolicyRehearsals(http: FastifyInstance, { cursors, gate }: Shell): void {
  serve(http, policyRoutes.rehearse, async ({ body, principal }) => {
    const { files, overlay, from, to, limit } = body;
    const answer = await gate.rehearse(principal, {
      files,
      overlay,
      limit,
      from: from === undefined ? null : new Date(from),
      to: to === undefined ? null : new Date(to),
      cursor: cursors.parse("policy-rehearsals", principal.principalId, body.cursor),
    });
    const next = cursors.print("policy-rehearsals", principal.principalId, answer.next);
    const differences = answer.differences.map((each) => ({
      ...each,
      policies: [...each.policies],
      examples: [...each.examples],
    }));
    return { ...answer, differences, next } as z.output<typeof rehearsalAnswer>;
  });
}
