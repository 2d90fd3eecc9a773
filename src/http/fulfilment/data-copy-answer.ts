// A package as the interface shows it.
import type { z } from "zod";
import type { ownPackage, packageFace } from "../../../contract/data-copies.ts";
import type { PackageFace } from "../../fulfilment/fulfilment.ts";

export function packageAnswer({ held, fetched, papers, ...face }: PackageFace): z.output<typeof packageFace> {
  return {
    ...face,
    held: held.map(heldAnswer),
    papers: { ...papers, leftOut: papers.leftOut.map((one) => ({ ...one })) },
    fetched: fetched.map((one) => ({ ...one })),
  };
}

function heldAnswer({ judged, ...held }: PackageFace["held"][number]) {
  return { ...held, judged: judged === null ? null : { by: judged.by, at: judged.at, ground: judged.ground } };
}

export function ownAnswer(face: PackageFace): z.output<typeof ownPackage> {
  const { copyId, state, language, madeAt, expiresAt, papers } = face;
  return { copyId, state, language, madeAt, expiresAt, papers: papers.included };
}
