// What fulfilment refuses.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "unknown-customer": [404, "no such customer"],
  "unknown-package": [404, "there is no such package, or none that is yours"],
  "unknown-item": [404, "nothing of that is held for review"],
  "not-ready": [409, "the package is not ready to be fetched"],
  "own-package": [403, "whoever made the package neither reviews it nor hands it out: somebody else does"],
  "second-factor-needed": [403, "sign in with a passkey to fetch it, or have it sent to you on paper"],
  "own-case": [403, "whoever investigates the case does not judge what of it may be released"],
  "counsel-needed": [403, "what is privileged is judged by counsel"],
  "still-open": [409, "what is under investigation stays sealed until it is closed: withhold it"],
  "would-tell": [
    409,
    "this ground is told to the person: of what is under investigation nothing is told, not that there is any",
  ],
  "judgement-needed": [409, "somebody else who may judge it has not agreed to the release of what it says now"],
  "not-released": [409, "the gate does not let you disclose this: withhold it, or leave it to somebody who may"],
  "changed-meanwhile": [409, "it has just been changed: read it again"],
  "not-in-text": [422, "a passage to strike out is not in the text, or there is nothing that could go in its place"],
  "too-large": [413, "there is more than one package holds"],
} as const satisfies Record<string, readonly [number, string]>;

export type FulfilmentErrorCode = keyof typeof FAILURES;

export class FulfilmentError extends AppError {
  readonly code: FulfilmentErrorCode;
  readonly status: number;

  constructor(code: FulfilmentErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "FulfilmentError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
