// What a run keeps, sealed and bound to how far it has come: where its file is from, control totals and counts.
import { z } from "zod";
import { lengthPrefixed, type Sealed, u64be, type Uuid, utf8 } from "../kernel/bytes.ts";
import { type Keys, KeysError } from "../keys/keys.ts";
import { ImportError } from "./errors.ts";
import { NO_TOTALS } from "./mapping-totals.ts";

const count = z.int().nonnegative();
const runTotals = z.strictObject({
  /** As it is sealed with records, where it was said with the file; else it is the mapping's. */
  origin: z.string().max(1000).nullable().default(null),
  control: z.strictObject({ rows: count, rejected: count, sums: z.record(z.string(), z.string()) }),
  created: count,
  corrected: count,
  unchanged: count,
  customersCreated: count,
  customers: count,
  suggestions: count,
  warnings: count,
  /** How many of each kind; together they are `warnings`. */
  warningKinds: z.record(z.string(), count),
});
/** `control.rows` are the rows taken, `control.rejected` the rows refused; `created`, `corrected` and `unchanged` count records. */
export type RunTotals = z.output<typeof runTotals>;

export const EMPTY_TOTALS: RunTotals = {
  origin: null,
  control: { ...NO_TOTALS, sums: {} },
  created: 0,
  corrected: 0,
  unchanged: 0,
  customersCreated: 0,
  customers: 0,
  suggestions: 0,
  warnings: 0,
  warningKinds: {},
};

/** How far the run is when it has these totals. */
export interface TotalsPlace {
  readonly importId: Uuid;
  readonly offsetBytes: number;
  readonly line: number;
}

export function sealTotals(keys: Pick<Keys, "sealUnder">, place: TotalsPlace, totals: RunTotals): Sealed {
  return keys.sealUnder("rejects", utf8(JSON.stringify(totals)), aadOf(place));
}

/** Throws ImportError "forged-run" when the totals or the place were changed behind the server's back. */
export function openTotals(keys: Pick<Keys, "openUnder">, place: TotalsPlace, sealed: Sealed): RunTotals {
  try {
    return runTotals.parse(JSON.parse(keys.openUnder("rejects", sealed, aadOf(place)).toString("utf8")));
  } catch (error) {
    if (error instanceof KeysError && error.code !== "does-not-open") throw error;
    throw new ImportError("forged-run", "what is stored of this import does not verify");
  }
}

function aadOf({ importId, offsetBytes, line }: TotalsPlace): Buffer {
  return lengthPrefixed("uberrima/import-totals/v1", importId, u64be(offsetBytes), u64be(line));
}
