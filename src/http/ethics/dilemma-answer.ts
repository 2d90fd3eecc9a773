// A dilemma as the interface shows it.
import type { z } from "zod";
import type { dilemmaFace } from "../../../contract/dilemmas.ts";
import type { DilemmaFace } from "../../ethics/ethics.ts";

export function dilemmaAnswer(face: DilemmaFace): z.output<typeof dilemmaFace> {
  const { dilemmaId, kind, isDecided, isOwn, customerId, raisedAt, decidedAt, outcome, guidance } = face;
  return {
    dilemmaId,
    kind,
    isDecided,
    isOwn,
    customerId,
    raisedAt: raisedAt.toISOString(),
    decidedAt: decidedAt?.toISOString() ?? null,
    outcome,
    guidance: [...guidance],
  };
}
