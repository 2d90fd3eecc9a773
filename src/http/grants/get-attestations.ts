// GET /v1/attestations
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { attestation } from "../../../contract/grants.ts";
import { attestationRoutes } from "../../../contract/routes/grants.ts";
import type { Row } from "../../authority/authority.ts";
import type { AttestationContent } from "../../grants/grants.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";

export function getAttestations(http: FastifyInstance, { access, grants }: Shell): void {
  serve(http, attestationRoutes.list, async ({ query, principal }) => {
    const principalId = query.principalId === undefined ? principal.principalId : idOf(query.principalId);
    if (principalId !== principal.principalId) requireRight(access, principal, "attestation.list");
    return { items: (await grants.attestationsOf(principalId)).map(answer) };
  });
}

function answer({ rowId, endsAt, content }: Row<AttestationContent>): z.output<typeof attestation> {
  const common = { attestationId: rowId, what: content.what, version: null, validUntil: endsAt?.toISOString() ?? null };
  if (content.what === "training") return { ...common, subject: content.course, at: content.passedAt };
  if (content.what === "policy")
    return { ...common, subject: content.policy, version: content.version, at: content.at };
  return { ...common, subject: content.customerId, at: content.at };
}
