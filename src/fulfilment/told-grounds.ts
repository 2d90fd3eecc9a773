// What was kept back of a package and by what law, where the law lets it be told.
import type { HeldRecord } from "./others-row.ts";
import { type PackageFace, WITHHOLDING_GROUNDS } from "./package-row.ts";

export interface ToldOf {
  readonly face: Pick<PackageFace, "held">;
  /** Of what may name other people. */
  readonly others: readonly HeldRecord[];
}

interface ToldGround {
  readonly citation: string;
  readonly parts: number;
}

/** Of investigations and of advice: by law, without a word of what it is. */
export function toldGrounds({ held }: ToldOf["face"]): ToldGround[] {
  const grounds = held.flatMap(({ decision }) =>
    decision?.ground == null ? [] : [WITHHOLDING_GROUNDS[decision.ground]],
  );
  const told = grounds.filter(({ isTold }) => isTold).map(({ citation }) => citation);
  return [...new Set(told)].map((citation) => ({ citation, parts: told.filter((one) => one === citation).length }));
}

/** GDPR Art. 12(4) and 45 CFR 164.524(d)(2): what is refused is named, with the ground. */
export function toldRecords({ others }: Pick<ToldOf, "others">) {
  return others.flatMap(({ recordId, type, fields, decision }) => {
    const ground = decision?.ground == null ? null : WITHHOLDING_GROUNDS[decision.ground];
    return ground?.isTold === true ? [{ recordId, type, fields, citation: ground.citation }] : [];
  });
}
