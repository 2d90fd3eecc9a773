// GET /v1/portal/file
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { portalFile } from "../../../contract/portal-file.ts";
import { portalFileRoutes } from "../../../contract/routes/portal-file.ts";
import type { OwnFile } from "../../portal/portal.ts";
import { promiseAnswer } from "../promise-answer.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { originAnswer } from "../customers/origins.ts";
import { customerOf, whoseOf } from "./customer-of.ts";

export function getPortalFile(http: FastifyInstance, { portal, metrics, vault }: Shell): void {
  serve(http, portalFileRoutes.file, async ({ query, principal }) => {
    const asker = customerOf(principal);
    const customerId = whoseOf(asker, query.customerId);
    const file = await portal.file(asker, { customerId, topic: query.topic ?? null });
    metrics.countDecision("disclosure", "allowed");
    return fileAnswer(vault, file);
  });
}

function fileAnswer(
  vault: Shell["vault"],
  { customerId, disclosureId, promise, topics, units }: OwnFile,
): z.output<typeof portalFile> {
  return {
    customerId,
    disclosureId,
    topics: topics.map(({ topic, records }) => ({
      topic,
      records: records.map(({ recordId, unitId, type, origin, fields }) => ({
        recordId,
        unitId,
        type,
        origin: originAnswer(vault, origin),
        fields: fields.map(({ path, label, form, value, isWhole, withPasskey }) => ({
          field: path,
          label,
          form,
          value,
          isWhole,
          withPasskey,
        })),
      })),
    })),
    units: units.map(({ unitId, kind, entity, brand, line, status }) => ({
      unitId,
      kind,
      entity,
      brand,
      line,
      status,
    })),
    promise: promiseAnswer(promise),
  };
}
