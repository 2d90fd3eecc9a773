// POST /v1/keys/rotations
import type { FastifyInstance } from "fastify";
import { operationRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { takesLong } from "./takes-long.ts";

export function postKeysRotations(http: FastifyInstance, { operations }: Shell): void {
  serve(http, operationRoutes.rotateKeys, async ({ body, principal, request }) => {
    takesLong(request);
    const { retired, retiring, ...report } = await operations.rotateKeys(principal, body.domain);
    const shown = retiring.map(({ version, retirableAt }) => ({ version, retirableAt: retirableAt.toISOString() }));
    return { ...report, retired: [...retired], retiring: shown };
  });
}
