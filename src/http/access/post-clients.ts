// POST /v1/clients
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { clientDraft } from "../../../contract/access.ts";
import { clientRoutes } from "../../../contract/routes/access.ts";
import type { ClientRequest } from "../../access/access.ts";
import { HttpError } from "../errors.ts";
import { serve } from "../serve.ts";
import { groupId, type Shell } from "../shell.ts";
import type { Terms } from "../../systems/systems.ts";
import { proofsOf } from "../systems/keys-answer.ts";
import { clientAnswer } from "./client-answer.ts";

const DAY_MS = 86_400_000;
const DAYS_DEFAULT = 365;

export function postClients(http: FastifyInstance, shell: Shell): void {
  const { idempotency, systems } = shell;
  serve(http, clientRoutes.create, ({ body, principal, request }) => {
    const asked = clientRequest(shell, body);
    return idempotency.once(
      request,
      async (also) => {
        const registering = {
          proofs: proofsOf(body.proofs ?? {}, shell.clock.now()),
          terms: withoutUndefined(body.terms ?? {}),
          withSecondPerson: body.withSecondPerson,
        };
        const by = { actor: principal, also };
        const { clientId, token, isPending } = await systems.register(asked, registering, by);
        const unknownEntities = asked.entities.filter((entity) => !shell.imports.entities.has(entity));
        const status = isPending ? "pending" : "active";
        const client = clientAnswer({ ...asked, principalId: clientId, status, hasSecret: token !== null });
        return { client, unknownEntities, token };
      },
      // The secret was shown once and is kept nowhere.
      async ([principalId]) => {
        const client = principalId === undefined ? null : await shell.access.describePrincipal(principalId);
        if (client === null)
          throw new HttpError("conflict", { detail: "the client made with this key is not in force" });
        return { client: clientAnswer(client), token: null };
      },
    );
  });
}

function withoutUndefined(terms: NonNullable<z.output<typeof clientDraft>["terms"]>): Partial<Terms> {
  return Object.fromEntries(Object.entries(terms).filter(([, value]) => value !== undefined));
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
