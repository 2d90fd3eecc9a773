// Answers a file of the public log, or 304 to whoever has it already (RFC 9110 13.1.2).
import type { FastifyReply, FastifyRequest } from "fastify";

interface LogFile {
  readonly content: Buffer;
  readonly type: string;
  /** Without quotes. */
  readonly etag: string;
  readonly caching: string;
}

export function answerFile(request: FastifyRequest, reply: FastifyReply, file: LogFile): FastifyReply {
  const etag = `"${file.etag}"`;
  void reply.headers({ etag, "cache-control": file.caching, "cross-origin-resource-policy": "cross-origin" });
  const held = request.headers["if-none-match"]?.split(",").map((each) => each.trim().replace(/^W\//, "")) ?? [];
  if (held.includes(etag)) return reply.code(304).send();
  return reply.type(file.type).send(file.content);
}
