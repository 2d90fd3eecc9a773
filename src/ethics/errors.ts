// What the desk refuses: one answer for every dilemma that is not to be seen.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-dilemma": [404, "there is no such dilemma, or none that is yours to see"],
  "not-independent": [422, "a reviewer is involved, in the line of somebody who is, or does not belong to the desk"],
  "unknown-guidance": [422, "no such guidance, see governance/ethics/guidance.yaml"],
  "too-many-dilemmas": [409, "too many dilemmas of yours are open"],
  "no-relationship": [409, "there is no such customer, or nothing open to keep this with"],
  "wrong-state": [409, "it is decided"],
  "bad-governance": [500, "a governance file is not valid"],
} as const satisfies Record<string, readonly [number, string]>;

export type EthicsErrorCode = keyof typeof FAILURES;

export class EthicsError extends AppError {
  readonly code: EthicsErrorCode;
  readonly status: number;

  constructor(code: EthicsErrorCode, detail?: string, options?: ErrorOptions) {
    super(detail ?? FAILURES[code][1], options);
    this.name = "EthicsError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
