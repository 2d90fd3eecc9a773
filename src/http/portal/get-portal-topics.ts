// GET /v1/portal/topics
import type { FastifyInstance } from "fastify";
import { portalFileRoutes } from "../../../contract/routes/portal-file.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getPortalTopics(http: FastifyInstance, { portal }: Shell): void {
  serve(http, portalFileRoutes.topics, async () => {
    const { topics, records } = portal.topics;
    return {
      topics: topics.map(({ class: topic, title, text }) => ({ topic, title, text })),
      records: Object.entries(records).map(([type, title]) => ({ type, title })),
    };
  });
}
