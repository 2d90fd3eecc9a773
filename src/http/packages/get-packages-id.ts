// GET /v1/packages/:packageId
import type { FastifyInstance } from "fastify";
import { packageRoutes } from "../../../contract/routes/packages.ts";
import { serve } from "../serve.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireAnyRight } from "./may-read.ts";
import { packageAnswer } from "./package-answer.ts";

export function getPackagesId(http: FastifyInstance, shell: Shell): void {
  serve(http, packageRoutes.read, async ({ params, principal }) => {
    await requireAnyRight(shell, principal);
    return packageAnswer(await shell.packages.read(principal, idOf(params.packageId)));
  });
}
