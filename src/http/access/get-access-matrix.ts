// GET /v1/access/matrix
import type { FastifyInstance } from "fastify";
import { matrixRoutes } from "../../../contract/routes/access.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";

const SITUATION =
  "Trained and freshly signed in with a passkey, the work assigned and open (or the own group), a field of the standard view, a verified " +
  "caller, no flag on the customer, and no authorization, legal process or approval.";

export function getAccessMatrix(http: FastifyInstance, { access, gate }: Shell): void {
  serve(http, matrixRoutes.matrix, async ({ query, principal }) => {
    requireRight(access, principal, "policy.read");
    const { digest, line, cells } = await gate.matrix(query.line);
    const ids = [...new Set(cells.flatMap(({ policies }) => policies))].toSorted();
    const policies = ids.flatMap((id) => {
      const policy = gate.policy(id);
      return policy === null ? [] : [{ id, effect: policy.effect, title: policy.title, citation: policy.citation }];
    });
    const told = cells.map((cell) => ({ ...cell, policies: [...cell.policies] }));
    return { digest, line, situation: SITUATION, cells: told, policies };
  });
}
