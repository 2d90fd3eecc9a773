// GET /log/checkpoint (C2SP tlog-tiles): the newest signed checkpoint, public.
import { createHash } from "node:crypto";
import type { FastifyInstance } from "fastify";
import type { Shell } from "../shell.ts";
import { answerFile } from "./answer-file.ts";

export function logCheckpoint(http: FastifyInstance, { ledger }: Shell): void {
  http.get("/log/checkpoint", { config: { isPublic: true }, schema: { hide: true } }, async (request, reply) => {
    const text = await ledger.checkpoint();
    return answerFile(request, reply, {
      content: Buffer.from(text, "utf8"),
      type: "text/plain; charset=utf-8",
      etag: createHash("sha256").update(text).digest("base64url").slice(0, 22),
      // It moves on within a second.
      caching: "no-cache",
    });
  });
}
