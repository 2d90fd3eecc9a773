// The machine form, for portability (GDPR article 20; Cal. Civ. Code 1798.130(a)(3)(B)): records with their fields, one document.
import { WITHHOLDING_GROUNDS } from "./package-row.ts";
import type { Fetched } from "./packages.ts";

export async function* printJson({ face, records }: Fetched): AsyncGenerator<string, void, undefined> {
  const head = {
    v: 1,
    kind: "uberrima.org/data-copy",
    package: face.copyId,
    customer: face.customerId,
    madeAt: face.madeAt,
    withheld: toldGrounds(face),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"records":[`;
  let separator = "\n";
  for await (const { topic, type, recordId, unitId, origin = null, fields, statements } of records()) {
    const named = Object.fromEntries(fields.map(({ name, ...said }) => [name, said]));
    const record = { topic, type, record: recordId, unit: unitId, origin, fields: named, statements };
    yield `${separator}${JSON.stringify(record)}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}

/** What was kept back and by what law, where the law lets it be told. */
export function toldGrounds({ held }: Fetched["face"]): { readonly citation: string; readonly parts: number }[] {
  const grounds = held.flatMap(({ decision }) =>
    decision?.ground == null ? [] : [WITHHOLDING_GROUNDS[decision.ground]],
  );
  const told = grounds.filter(({ isTold }) => isTold).map(({ citation }) => citation);
  return [...new Set(told)].map((citation) => ({ citation, parts: told.filter((one) => one === citation).length }));
}
