// GET /v1/watch/catastrophes
import type { FastifyInstance } from "fastify";
import { catastropheRoutes } from "../../../contract/routes/watch.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { catastropheAnswer } from "./catastrophe-answer.ts";

export function getWatchCatastrophes(http: FastifyInstance, { access, watch }: Shell): void {
  serve(http, catastropheRoutes.list, async ({ principal }) => {
    requireRight(access, principal, "catastrophe.list");
    return { items: (await watch.catastrophes.list()).map(catastropheAnswer) };
  });
}
