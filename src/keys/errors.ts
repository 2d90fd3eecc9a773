// What the keys domain refuses and why. Messages are constant: nothing of a key, a value or another library's message is in them.
import { AppError } from "../kernel/app-error.ts";

const FAILURES = {
  "does-not-open": [500, "sealed data does not open: it was changed, moved, or sealed under another key"],
  erased: [410, "the keys of this data have been erased"],
  "lease-expired": [503, "the lease of a key ran out while it was in use: read again"],
  "unknown-version": [503, "a key version is not known here yet: try again"],
  "bucket-key-missing": [
    503,
    "the bucket store does not hold the key the database speaks of: bring wrapped keys to their latest",
  ],
  "bucket-key-exists": [409, "that version of the bucket key exists already"],
  "bucket-store-damaged": [500, "a file of the bucket store cannot be read"],
  "keys-changed": [409, "the unit's keys were changed meanwhile: read them again"],
  "keyring-locked": [503, "the keyring does not open: wrong passphrase, or its file was changed"],
  "keyring-permissions": [
    503,
    "the keyring must belong to this user, in a folder that nobody else may enter, in files that nobody else may read",
  ],
  "keyring-mode": [503, "the keyring is sealed under a passphrase and none was given, or the other way round"],
  "passphrase-too-short": [422, "a passphrase of at least 12 bytes is needed"],
  "domain-key-missing": [
    503,
    "a domain key in use is gone or altered in the database: restore the rows of domain_key from a backup; a new key would open nothing",
  ],
  "not-rotatable": [422, "this domain's key cannot be rotated"],
  "still-used": [409, "rows under this key version remain, or it is still the newest"],
  "too-soon": [409, "transactions that began under this key version may still be under way"],
  "unknown-erasure": [404, "no such erasure"],
  "forged-erasure": [500, "a stored erasure does not verify: nothing rests on it"],
  "siblings-damaged": [500, "wrapped keys of the same bucket do not open: mend them from a backup, or give them up"],
  limit: [422, "a limit of the keys domain was exceeded"],
} as const satisfies Record<string, readonly [number, string]>;

export type KeysErrorCode = keyof typeof FAILURES;

export class KeysError extends AppError {
  readonly code: KeysErrorCode;
  readonly status: number;

  constructor(code: KeysErrorCode, options?: ErrorOptions) {
    super(FAILURES[code][1], options);
    this.name = "KeysError";
    this.code = code;
    this.status = FAILURES[code][0];
  }
}
