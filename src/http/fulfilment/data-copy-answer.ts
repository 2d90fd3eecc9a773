// A package as the interface shows it, and its document as it is sent.
import type { FastifyReply } from "fastify";
import type { z } from "zod";
import type { ownPackage, packageFace } from "../../../contract/data-copies.ts";
import type { Fulfilment, PackageFace } from "../../fulfilment/fulfilment.ts";

export function packageAnswer({ held, fetched, ...face }: PackageFace): z.output<typeof packageFace> {
  return { ...face, held: held.map(heldAnswer), fetched: fetched.map((one) => ({ ...one })) };
}

function heldAnswer({ judged, ...held }: PackageFace["held"][number]) {
  return { ...held, judged: judged === null ? null : { by: judged.by, at: judged.at, ground: judged.ground } };
}

export function ownAnswer({ copyId, state, language, madeAt, expiresAt }: PackageFace): z.output<typeof ownPackage> {
  return { copyId, state, language, madeAt, expiresAt };
}

type Printed = Awaited<ReturnType<Fulfilment["fetch"]>>;

/** INVARIANT: never shown in a page of ours, only saved (so as bytes, whatever the form): what is in it came from others. */
export function sendDocument(reply: FastifyReply, { stream, fileName }: Printed): FastifyReply {
  return reply
    .headers({ "content-disposition": `attachment; filename="${fileName}"` })
    .type("application/octet-stream")
    .send(stream);
}
