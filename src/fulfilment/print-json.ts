// The machine form, for portability (GDPR article 20; Cal. Civ. Code 1798.130(a)(3)(B)): records with their fields, one document.
import type { Fetched } from "./packages.ts";
import { toldGrounds, toldRecords } from "./told-grounds.ts";

export async function* printJson({ face, others, records }: Fetched): AsyncGenerator<string, void, undefined> {
  const head = {
    v: 1,
    kind: "uberrima.org/data-copy",
    package: face.copyId,
    customer: face.customerId,
    madeAt: face.madeAt,
    withheld: toldGrounds(face),
    withheldRecords: toldRecords({ others }).map(({ recordId, ...told }) => ({ record: recordId, ...told })),
  };
  yield `${JSON.stringify(head).slice(0, -1)},"records":[`;
  let separator = "\n";
  for await (const { topic, type, recordId, unitId, origin = null, isRedacted, fields, statements } of records()) {
    // How many passages were struck out is told; where they stood is not.
    const named = Object.fromEntries(
      fields.map(({ name, struck, ...said }) => [name, { ...said, struck: struck?.length }]),
    );
    const record = { topic, type, record: recordId, unit: unitId, origin, isRedacted, fields: named, statements };
    yield `${separator}${JSON.stringify(record)}`;
    separator = ",\n";
  }
  yield "\n]}\n";
}
