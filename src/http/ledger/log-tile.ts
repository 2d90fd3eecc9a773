// GET /log/tile/... (C2SP tlog-tiles): hashes and entries of the public log. A tile of a given width never changes.
import type { FastifyInstance } from "fastify";
import { parseTilePath } from "../../ledger/ledger.ts";
import { HttpError } from "../errors.ts";
import type { Shell } from "../shell.ts";
import { answerFile } from "./answer-file.ts";

export function logTile(http: FastifyInstance, { ledger }: Shell): void {
  const options = { config: { isPublic: true }, schema: { hide: true } };
  http.get<{ Params: { "*": string } }>("/log/tile/*", options, async (request, reply) => {
    const path = `tile/${request.params["*"]}`;
    const place = parseTilePath(path);
    const content = place === null ? null : await ledger.tile(place);
    if (content === null) throw new HttpError("not-found");
    return answerFile(request, reply, {
      content,
      type: "application/octet-stream",
      etag: path,
      caching: "public, max-age=31536000, immutable",
    });
  });
}
