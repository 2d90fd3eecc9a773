// GET /v1/clients
import type { FastifyInstance } from "fastify";
import { clientRoutes } from "../../../contract/routes/access.ts";
import { parseId } from "../../kernel/ids.ts";
import { serve } from "../serve.ts";
import { requireRight, type Shell } from "../shell.ts";
import { clientAnswer } from "./client-answer.ts";

export function getClients(http: FastifyInstance, { access, cursors }: Shell): void {
  serve(http, clientRoutes.list, async ({ query, principal }) => {
    requireRight(access, principal, "client.list");
    const place = cursors.parse("clients", principal.principalId, query.cursor);
    const page = await access.listPrincipals({ after: place === null ? null : parseId(place), limit: query.limit });
    const clients = page.principals.filter(({ kind }) => kind === "client");
    return {
      items: clients.map(clientAnswer),
      unverified: [...page.unverified],
      next: cursors.print("clients", principal.principalId, page.next),
    };
  });
}
