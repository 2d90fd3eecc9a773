// POST /v1/rooms/openings
import type { FastifyInstance } from "fastify";
import { LIMITS } from "../../../contract/common.ts";
import { pickUpRoutes } from "../../../contract/routes/packages.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";

export function postRoomsOpenings(http: FastifyInstance, { packages }: Shell): void {
  servePublic(http, pickUpRoutes.open, async ({ body }) => {
    const { packageId, contents, mayDownload, reader } = await packages.openRoom(body.secret, body.code);
    const { purpose, madeAt, obligations, lines } = contents;
    return {
      packageId,
      purpose,
      madeAt,
      obligations: [...obligations],
      lines: lines.map(({ subject, fields }) => ({ subject, fields: { ...fields } })),
      mayDownload,
      watermark: { ...reader, at: reader.at.toISOString() },
      shownSeconds: LIMITS.clearShownSeconds,
    };
  });
}
