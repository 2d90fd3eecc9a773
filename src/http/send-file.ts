// A file as it is sent, while it is made.
import type { Readable } from "node:stream";
import type { FastifyReply } from "fastify";

interface Printed {
  readonly stream: Readable;
  readonly fileName: string;
}

/** INVARIANT: never shown in a page of ours, only saved (so as bytes, whatever the form): what is in it came from others. */
export function sendFile(reply: FastifyReply, { stream, fileName }: Printed): FastifyReply {
  return reply
    .headers({ "content-disposition": `attachment; filename="${fileName}"` })
    .type("application/octet-stream")
    .send(stream);
}
