// The sealed parts of a package: lines of JSON, one a record and topic, gathered to parts of a bounded size and sealed under the customer's own key.
import type { Authenticated } from "../access/access.ts";
import { asSealed, type Uuid } from "../kernel/bytes.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import type { GivenRecord } from "./gather.ts";
import { insertPart, selectParts } from "./package-store.ts";

/** Characters; a part holds at least one record, whatever its size. */
const PART_LENGTH = 48_000;
const PARTS_MAX = 9999;
/** Parts opened by one entry. */
const PARTS_AT_ONCE = 8;

export interface PartsPlace {
  readonly customerId: Uuid;
  readonly copyId: Uuid;
  readonly unitId: Uuid;
  readonly expiresAt: Date;
}

export interface PartsWriter {
  add(record: GivenRecord): Promise<void>;
  /** How many parts and lines there are. */
  end(): Promise<{ readonly parts: number; readonly lines: number }>;
}

/** Throws FulfilmentError `too-large`. */
export function writeParts(
  { vault, database }: Pick<FulfilmentContext, "vault" | "database">,
  { customerId, copyId, unitId, expiresAt }: PartsPlace,
  first = 0,
): PartsWriter {
  let [part, lines, length] = [first, 0, 0];
  let waiting: GivenRecord[] = [];
  const flush = async (): Promise<void> => {
    if (waiting.length === 0) return;
    if (part >= PARTS_MAX) throw new FulfilmentError("too-large");
    const place = { customerId, unitId, waitsIn: copyId, part: String(part) };
    const sealed = await vault.sealWaiting(place, waiting.map((one) => JSON.stringify(one)).join("\n"));
    await insertPart(database, { copyId, part, sealed: asSealed(Buffer.from(sealed, "base64url")), expiresAt });
    part += 1;
    [waiting, length] = [[], 0];
  };
  return {
    add: async (record) => {
      const size = record.fields.reduce((sum, { value }) => sum + value.length + 100, 200);
      if (length + size > PART_LENGTH) await flush();
      waiting.push(record);
      length += size;
      lines += 1;
    },
    end: async () => {
      await flush();
      return { parts: part, lines };
    },
  };
}

/** Opens a few parts at a time, each time as an entry in the reader's name. Throws FulfilmentError `unknown-package` where a part is missing. */
export async function* readParts(
  { gate, database }: Pick<FulfilmentContext, "gate" | "database">,
  reader: Authenticated,
  { customerId, copyId, unitId, parts }: Omit<PartsPlace, "expiresAt"> & { readonly parts: number },
): AsyncGenerator<GivenRecord, void, undefined> {
  for (let from = 0; from < parts; from += PARTS_AT_ONCE) {
    const to = Math.min(parts, from + PARTS_AT_ONCE);
    const rows = await selectParts(database, { copyId, from, to });
    if (rows.length !== to - from) throw new FulfilmentError("unknown-package");
    const sealed = rows.map(({ part, sealed: bytes }) => ({
      unitId,
      part: String(part),
      value: Buffer.from(bytes).toString("base64url"),
    }));
    const asked = { customerId, why: "data-copy-parts", waitsIn: copyId, fields: [], sealed } as const;
    const opened = await gate.readWaiting(reader, asked);
    for (const { part } of rows) {
      const text = opened.get(String(part));
      if (text === undefined) throw new FulfilmentError("unknown-package");
      for (const line of String(JSON.parse(text)).split("\n")) yield JSON.parse(line) as GivenRecord;
    }
  }
}
