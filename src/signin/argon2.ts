// Argon2id (RFC 9106) by Node's own implementation, few at a time, so that sign-ins exhaust neither memory nor processors.
import { argon2, randomBytes } from "node:crypto";
import { z } from "zod";
import { equalConstantTime } from "../kernel/bytes.ts";
import { SignInError } from "./errors.ts";
import type { SignInPolicy } from "./policy.ts";

const base64url = z.string().regex(/^[A-Za-z0-9_-]+$/);

/** A password's hash with all it was made by. */
export const storedHash = z.strictObject({
  salt: base64url,
  hash: base64url,
  memoryKib: z.int().min(8),
  passes: z.int().min(1),
  lanes: z.int().min(1),
});
export type StoredHash = z.output<typeof storedHash>;
type Parameters = SignInPolicy["password"]["argon2id"];

const SALT_BYTES = 16;
const HASH_BYTES = 32;

export interface Hasher {
  /** Throws SignInError `busy` when too many wait already; so do the others. */
  make(password: string): Promise<StoredHash>;
  matches(password: string, stored: StoredHash): Promise<boolean>;
  /** The work of `matches`, for nobody. Always false. */
  matchesNobody(password: string): Promise<false>;
  /** Whether it was made by less than the policy asks for today. */
  isOutdated(stored: StoredHash): boolean;
  /** How many hashes were computed, so that a test can see that the same work is done for everybody. */
  readonly computed: number;
}

export function createHasher({ memoryKib, passes, lanes, concurrentMax, waitingMax }: Parameters): Hasher {
  const turn = turns(concurrentMax, waitingMax);
  let computed = 0;
  const compute = (password: string, salt: Uint8Array, by: Pick<StoredHash, "memoryKib" | "passes" | "lanes">) =>
    turn(() => {
      computed += 1;
      return argon2id(password, salt, by);
    });
  const today = { memoryKib, passes, lanes };
  const decoy: StoredHash = { salt: randomBytes(SALT_BYTES).toString("base64url"), hash: "", ...today };
  const matches: Hasher["matches"] = async (password, stored) => {
    const made = await compute(password, Buffer.from(stored.salt, "base64url"), stored);
    return equalConstantTime(made, Buffer.from(stored.hash, "base64url"));
  };
  return {
    make: async (password) => {
      const salt = randomBytes(SALT_BYTES);
      const hash = await compute(password, salt, today);
      return { salt: salt.toString("base64url"), hash: hash.toString("base64url"), ...today };
    },
    matches,
    matchesNobody: async (password) => {
      await matches(password, decoy);
      return false;
    },
    isOutdated: (stored) => stored.memoryKib < memoryKib || stored.passes < passes || stored.lanes < lanes,
    get computed() {
      return computed;
    },
  };
}

/** NIST SP 800-63B 5.1.1.2: the same password however a keyboard composes its characters. */
export function normalisedPassword(password: string): string {
  return password.normalize("NFKC");
}

function argon2id(
  password: string,
  nonce: Uint8Array,
  { memoryKib, passes, lanes }: Pick<StoredHash, "memoryKib" | "passes" | "lanes">,
): Promise<Buffer> {
  const message = Buffer.from(normalisedPassword(password), "utf8");
  const parameters = { message, nonce, parallelism: lanes, tagLength: HASH_BYTES, memory: memoryKib, passes };
  return new Promise((resolve, reject) => {
    argon2("argon2id", parameters, (error, key) => {
      message.fill(0);
      if (error === null) resolve(key);
      else reject(error);
    });
  });
}

/** Runs at most `atOnce` at a time, in order; refuses when `waitingMax` wait already. */
function turns(atOnce: number, waitingMax: number): <Result>(work: () => Promise<Result>) => Promise<Result> {
  const waiting: (() => void)[] = [];
  let running = 0;
  return async (work) => {
    if (running >= atOnce) {
      if (waiting.length >= waitingMax) throw new SignInError("busy");
      await new Promise<void>((resolve) => waiting.push(resolve));
    } else {
      running += 1;
    }
    try {
      return await work();
    } finally {
      // Whoever waits longest takes over the place.
      const next = waiting.shift();
      if (next === undefined) running -= 1;
      else next();
    }
  };
}
