// GET /v1/schema
import type { FastifyInstance } from "fastify";
import { operationRoutes } from "../../../contract/routes/operations.ts";
import { serve } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function getSchema(http: FastifyInstance, { vault }: Shell): void {
  const { recordTypes, allIndexes, origins } = vault.registry;
  const described = {
    recordTypes: recordTypes.map(({ name, label, version, fields, subjects, unitKinds }) => ({
      name,
      label,
      version,
      subjects: [...subjects],
      unitKinds: [...unitKinds],
      fields: fields.map(({ path, label: fieldLabel, type, dataClass, mask, codes }) => ({
        path,
        label: fieldLabel,
        type,
        dataClass,
        mask,
        codes: codes === null ? null : Object.keys(codes),
      })),
    })),
    origins: {
      sources: origins.sources.map((each) => ({ ...each, grounds: [...each.grounds] })),
      grounds: origins.grounds.map(({ ground, title, needs, units, citation }) => ({
        ground,
        title,
        needsReference: needs === "reference",
        units: units === undefined ? null : [...units],
        citation,
      })),
    },
    indexes: allIndexes.map(({ name, record, kind, parts, bits }) => ({
      name,
      recordType: record,
      kind,
      parts: parts.map(({ field }) => field),
      bits,
    })),
  };
  serve(http, operationRoutes.schema, async () => described);
}
