// POST /v1/clients
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { clientDraft } from "../../../contract/access.ts";
import { clientRoutes } from "../../../contract/routes/access.ts";
import type { ClientRequest } from "../../access/access.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { groupId, type Shell } from "../shell.ts";
import { clientAnswer } from "./client-answer.ts";

const DAY_MS = 86_400_000;
const DAYS_DEFAULT = 365;

export function postClients(http: FastifyInstance, shell: Shell): void {
  const { access, idempotency } = shell;
  serve(http, clientRoutes.create, ({ body, principal, request }) => {
    const asked = clientRequest(shell, body);
    return idempotency.once(
      request,
      async (also) => {
        const { principalId, token } = await access.createClient(asked, principal, also);
        const unknownEntities = asked.entities.filter((entity) => !shell.imports.entities.has(entity));
        return { client: clientAnswer({ ...asked, principalId, status: "active" }), unknownEntities, token };
      },
      // The secret was shown once and is kept nowhere.
      async ([principalId]) => {
        const client = principalId === undefined ? null : await access.reread(principalId);
        if (client === null)
          throw new HttpError("conflict", { detail: "the client made with this key is not in force" });
        return { client: clientAnswer({ ...client, name: asked.name }), token: null };
      },
    );
  });
}

function clientRequest({ access, clock, keys }: Shell, draft: z.output<typeof clientDraft>): ClientRequest {
  const { name, role, purposes, rowScope, groups, entities, lines, classes, expiresAt } = draft;
  const days = Math.min(DAYS_DEFAULT, access.roles[role].daysMax);
  return {
    name,
    role,
    purposes,
    rowScope,
    groups: groups.map((group) => groupId(keys, group)),
    entities,
    lines,
    classCeiling: classes ?? null,
    expiresAt: expiresAt === undefined ? new Date(clock.now().getTime() + days * DAY_MS) : new Date(expiresAt),
  };
}
