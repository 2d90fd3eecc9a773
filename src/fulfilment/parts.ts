// The sealed parts of a package: lines of JSON, one a record and topic, gathered to parts of a bounded size, each of one unit and under its key.
import { createHash } from "node:crypto";
import type { Authenticated } from "../access/access.ts";
import { asSealed, type Uuid } from "../kernel/bytes.ts";
import { asId, idBytes } from "../kernel/ids.ts";
import type { FulfilmentContext } from "./context.ts";
import { FulfilmentError } from "./errors.ts";
import type { GivenRecord } from "./gather.ts";
import { type PackagePart, selectParts, selectPartUnits } from "./package-store.ts";

/** Characters; a part holds at least one record, whatever its size. */
const PART_LENGTH = 48_000;
const PARTS_MAX = 99_999;
/** Parts opened by one entry: of three megabytes at most. */
const PARTS_AT_ONCE = 64;

interface PartsPlace {
  readonly customerId: Uuid;
  readonly copyId: Uuid;
}

/** How many parts there are, and which units they speak of: each unit hashed behind those before it, so that none is exchanged for an erased one, whose parts are passed over. */
export interface PartsHeld {
  readonly parts: number;
  readonly chain: string;
}

const NO_PARTS: PartsHeld = { parts: 0, chain: "0".repeat(64) };

function chained(chain: string, unitId: Uuid): string {
  return createHash("sha256").update(Buffer.from(chain, "hex")).update(idBytes(unitId)).digest("hex");
}

export interface PartsWriter {
  add(record: GivenRecord): Promise<void>;
  end(): Promise<PartsHeld & { readonly lines: number }>;
}

/**
 * INVARIANT: what a unit says is sealed under that unit's key alone, so that erasing it takes it out of every copy, wherever one is kept. `insert` is given each
 * part once it is sealed. Throws FulfilmentError `too-large`.
 */
export function writeParts(
  { vault, insert }: Pick<FulfilmentContext, "vault"> & { readonly insert: (part: PackagePart) => Promise<void> },
  { customerId, copyId, expiresAt }: PartsPlace & { readonly expiresAt: Date },
  first = NO_PARTS,
): PartsWriter {
  let [held, lines, length] = [first, 0, 0];
  let waiting: GivenRecord[] = [];
  const flush = async (): Promise<void> => {
    const unitId = waiting[0]?.unitId;
    if (unitId === undefined) return;
    const part = held.parts;
    if (part >= PARTS_MAX) throw new FulfilmentError("too-large");
    const place = { customerId, unitId, waitsIn: copyId, part: String(part) };
    const sealed = await vault.sealWaiting(place, waiting.map((one) => JSON.stringify(one)).join("\n"));
    await insert({ copyId, part, unitId, sealed: asSealed(Buffer.from(sealed, "base64url")), expiresAt });
    held = { parts: part + 1, chain: chained(held.chain, unitId) };
    [waiting, length] = [[], 0];
  };
  return {
    add: async (record) => {
      const said = (record.statements ?? []).reduce((sum, { words }) => sum + words.length, 200);
      const size = record.fields.reduce((sum, { value }) => sum + value.length + 100, said);
      if (length + size > PART_LENGTH || waiting[0]?.unitId !== record.unitId) await flush();
      waiting.push(record);
      length += size;
      lines += 1;
    },
    end: async () => {
      await flush();
      return { ...held, lines };
    },
  };
}

/** Parts that follow those that a copy has, and what it holds with them; not written yet. */
export interface SealedParts {
  readonly parts: readonly PackagePart[];
  readonly held: PartsHeld;
}

/** For what is released later: sealed first, and written in the transaction that says so. Throws FulfilmentError `too-large`. */
export async function sealFurther(
  { vault }: Pick<FulfilmentContext, "vault">,
  { parts: before, chain, ...place }: PartsPlace & PartsHeld & { readonly expiresAt: Date },
  records: readonly GivenRecord[],
): Promise<SealedParts> {
  const parts: PackagePart[] = [];
  const insert = async (part: PackagePart): Promise<void> => void parts.push(part);
  const writer = writeParts({ vault, insert }, place, { parts: before, chain });
  for (const record of records) await writer.add(record);
  const { lines: _lines, ...held } = await writer.end();
  return { parts, held };
}

/**
 * Opens a few parts at a time, each time as an entry in the reader's name; those of units erased since are passed over. Throws FulfilmentError `unknown-package`
 * where a part is missing or another's.
 */
export async function* readParts(
  { gate, database }: Pick<FulfilmentContext, "gate" | "database">,
  reader: Authenticated,
  { customerId, copyId, parts, chain }: PartsPlace & PartsHeld,
): AsyncGenerator<GivenRecord, void, undefined> {
  const units = await selectPartUnits(database, copyId);
  const found = units.slice(0, parts).reduce((so, unitId) => chained(so, asId(unitId)), NO_PARTS.chain);
  if (found !== chain) throw new FulfilmentError("unknown-package");
  for (let from = 0; from < parts; from += PARTS_AT_ONCE) {
    const to = Math.min(parts, from + PARTS_AT_ONCE);
    const rows = await selectParts(database, { copyId, from, to });
    if (rows.length !== to - from) throw new FulfilmentError("unknown-package");
    const sealed = rows.map(({ part, unitId, sealed: bytes }) => {
      if (unitId !== units[part]) throw new FulfilmentError("unknown-package");
      return { unitId: asId(unitId), part: String(part), value: Buffer.from(bytes).toString("base64url") };
    });
    const asked = { customerId, why: "data-copy-parts", waitsIn: copyId, fields: [], sealed } as const;
    const opened = await gate.readWaiting(reader, asked);
    for (const { part } of rows) {
      const text = opened.get(String(part));
      if (text === undefined) continue;
      for (const line of String(JSON.parse(text)).split("\n")) yield JSON.parse(line) as GivenRecord;
    }
  }
}
