// What was written, as ids: made from the request and the ids alone, so that a repeated request gets the same answer.
import type { z } from "zod";
import type { written } from "../../../contract/customers.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { HttpError } from "../errors.ts";

interface GivenUnit {
  readonly kind: z.output<typeof written>["units"][number]["kind"];
  readonly records: readonly { readonly type: string }[];
}

/** `ids`: the entry, the customer, then each unit followed by its records. */
export function writtenAnswer(given: readonly GivenUnit[], ids: readonly Uuid[]): z.output<typeof written> {
  const rest = [...ids];
  const take = (): Uuid => {
    const id = rest.shift();
    if (id === undefined) throw new HttpError("conflict");
    return id;
  };
  const entryId = take();
  const customerId = take();
  const units: z.output<typeof written>["units"] = [];
  const records: z.output<typeof written>["records"] = [];
  for (const unit of given) {
    units.push({ unitId: take(), kind: unit.kind });
    for (const { type } of unit.records) records.push({ recordId: take(), type, revision: 1 });
  }
  return { customerId, units, records, entryId };
}
