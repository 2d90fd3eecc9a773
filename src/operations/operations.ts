// What spans domains: rotating keys, finishing erasures, and comparing everything stored with the ledger.
import type { Authenticated } from "../access/access.ts";
import { type ErasureParts, finishErasures } from "./finish-erasures.ts";
import { type FinishRotationsParts, rotationFinisher } from "./finish-rotations.ts";
import { rotateKeys, type RotationReport } from "./rotate-keys.ts";
import { type DataReport, verifyData, type VerificationParts } from "./verify-data.ts";

export type { RotationReport } from "./rotate-keys.ts";
export type { DataFinding, DataReport } from "./verify-data.ts";

export type OperationsParts = VerificationParts & ErasureParts & FinishRotationsParts;

export interface Operations {
  rotateKeys(actor: Authenticated, domain: RotationReport["domain"]): Promise<RotationReport>;
  verifyData(actor: Authenticated): Promise<DataReport>;
  /** For the background; safe to run anywhere, at any time. */
  finishErasures(signal: AbortSignal): Promise<void>;
  /** The same. */
  finishRotations(signal: AbortSignal): Promise<void>;
}

export function openOperations(parts: OperationsParts): Operations {
  return {
    rotateKeys: (actor, domain) => rotateKeys(parts, actor, domain),
    verifyData: (actor) => verifyData(parts, actor),
    finishErasures: (signal) => finishErasures(parts, signal),
    finishRotations: rotationFinisher(parts),
  };
}
