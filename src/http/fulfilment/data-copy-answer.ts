// A package as the interface shows it.
import type { z } from "zod";
import type { heldOutcome, heldReading, heldRecord, ownPackage, packageFace } from "../../../contract/data-copies.ts";
import type { HeldReading, HeldRecord, OthersOutcome, PackageFace } from "../../fulfilment/fulfilment.ts";
import { originAnswer } from "../customers/origins.ts";
import { idOf, type Shell } from "../shell.ts";

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

export function heldRecordAnswer({ fields, ...record }: HeldRecord): z.output<typeof heldRecord> {
  return { ...record, fields: [...fields] };
}

export function heldReadingAnswer(
  { vault }: Pick<Shell, "vault">,
  { texts, origin, fields, ...reading }: HeldReading,
): z.output<typeof heldReading> {
  return {
    ...reading,
    fields: [...fields],
    origin: originAnswer(vault, origin),
    texts: texts.map(({ proposals, ...text }) => ({
      ...text,
      proposals: proposals.map(({ span: [from, to], why }) => ({ from, to, why })),
    })),
  };
}

export function outcomeGiven(body: z.output<typeof heldOutcome>): OthersOutcome {
  if (!body.release) return { ground: body.ground };
  const { revision, insteadId } = body;
  const strikes = body.strikes.map(({ field, from, to }) => ({ field, span: [from, to] as const }));
  return { ground: null, revision, strikes, insteadId: insteadId === undefined ? null : idOf(insteadId) };
}
