// What waits to be written, sealed under its unit's own key: erasing the unit reaches it in every copy, as it reaches the records.
import { lengthPrefixed, type Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import type { Keys } from "../keys/keys.ts";
import { sealMany } from "../keys/keys.ts";
import { VaultError } from "./errors.ts";
import { paddedLength } from "./field-value.ts";
import { CHECKS_CLASS } from "./seal-record.ts";
import type { DecisionUnit } from "./stored-record.ts";
import { keyOfClass, withUnitKeys } from "./unit-keys.ts";

export interface WaitingPlace {
  readonly customerId: Uuid;
  readonly unitId: Uuid;
  /** The row in which it waits. */
  readonly waitsIn: Uuid;
  /** Which of the row's values it is. */
  readonly part: string;
}

/** What it is sealed under, whatever it holds: a class that every unit has keys for. All classes of a unit are erased together. */
export const WAITING_CLASS = CHECKS_CLASS;

/** The associated data: no waiting value opens in another row, as another part of it, or as a field of a record. */
export function waitingAad({ customerId, unitId, waitsIn, part }: WaitingPlace): Buffer {
  return lengthPrefixed("uberrima/waiting/v1", customerId, unitId, waitsIn, part);
}

/** Base64url. Throws VaultError "erased". */
export async function sealWaiting(
  keys: Pick<Keys, "openUnitKeys">,
  { header, unitKey }: DecisionUnit,
  place: Omit<WaitingPlace, "customerId" | "unitId">,
  value: Json,
): Promise<string> {
  const at = { customerId: header.customerId, unitId: header.unitId, ...place };
  const plaintext = JSON.stringify(value);
  const [sealed] = await withUnitKeys(keys, at, unitKey, (unitKeys) =>
    sealMany([
      {
        key: keyOfClass(unitKeys, WAITING_CLASS),
        plaintext,
        paddedBytes: paddedLength(Buffer.byteLength(plaintext)),
        aad: [waitingAad(at)],
      },
    ]),
  );
  if (sealed === undefined) throw new VaultError("does-not-open", "a waiting value was not sealed");
  return Buffer.from(sealed).toString("base64url");
}
