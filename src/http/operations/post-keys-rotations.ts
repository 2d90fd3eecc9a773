// POST /v1/keys/rotations
import type { FastifyInstance } from "fastify";
import { operationRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { takesLong } from "./takes-long.ts";

export function postKeysRotations(http: FastifyInstance, { operations }: Shell): void {
  serve(http, operationRoutes.rotateKeys, async ({ body, principal, request }) => {
    takesLong(request);
    const { domain, version, rewritten, retired, retiring } = await operations.rotateKeys(principal, body.domain);
    return { domain, version, rewritten, retired: [...retired], retiring: [...retiring] };
  });
}
