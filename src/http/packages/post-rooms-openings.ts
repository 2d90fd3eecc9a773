// POST /v1/rooms/openings
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { z } from "zod";
import { LIMITS } from "../../../contract/common.ts";
import type { openedRoom, roomOpening } from "../../../contract/packages.ts";
import { pickUpRoutes } from "../../../contract/routes/packages.ts";
import type { Enclosed, ShownForRoom } from "../../packages/packages.ts";
import { assertSameSite } from "../session-cookie.ts";
import { assertion } from "../sign-in/passkey-answers.ts";
import { servePublic } from "../serve.ts";
import type { Shell } from "../shell.ts";
import { carriedByRoom, carryForRoom } from "./room-cookie.ts";

export function postRoomsOpenings(http: FastifyInstance, shell: Shell): void {
  servePublic(http, pickUpRoutes.open, async ({ body, request, reply }) => {
    const shown = shownIn(shell, body, request);
    const { packageId, contents, mayDownload, reader, passkey } = await shell.packages.openRoom(body.secret, shown);
    if (shown.by === "provider") carryForRoom(shell, reply, null);
    const { purpose, madeAt, obligations, lines, enclosed = [] } = contents;
    return {
      packageId,
      purpose,
      madeAt,
      obligations: [...obligations],
      lines: lines.map(({ subject, fields, disputed = [], statements = [] }) => ({
        subject,
        fields: { ...fields },
        disputed: [...disputed],
        statements: statements.map((one) => ({ ...one, fields: [...one.fields] })),
      })),
      enclosed: enclosed.map(enclosedAnswer),
      mayDownload,
      passkey: passkey === null ? null : { state: passkey.state, options: { ...passkey.options } },
      watermark: { ...reader, at: reader.at.toISOString() },
      shownSeconds: LIMITS.clearShownSeconds,
    };
  });
}

function enclosedAnswer({ narrowing, ...signed }: Enclosed): z.input<typeof openedRoom>["enclosed"][number] {
  if (narrowing === null) return { ...signed, narrowing };
  const { bodyParts, diagnoses, ...dates } = narrowing;
  return { ...signed, narrowing: { ...dates, bodyParts: [...bodyParts], diagnoses: [...diagnoses] } };
}

/** A code, a passkey, or what the browser brought back. */
function shownIn(shell: Shell, body: z.output<typeof roomOpening>, request: FastifyRequest): ShownForRoom {
  if ("code" in body) return { by: "code", code: body.code };
  if ("passkey" in body) {
    const { state, response } = body.passkey;
    return { by: "passkey", passkey: { state, response: assertion(response) } };
  }
  assertSameSite(request);
  return { by: "provider", carried: carriedByRoom(shell, request) };
}
