// How much of a ceiling is left, over all processes: each takes a small part at a time from the shared count and spends that part by itself.
import type { Token, Uuid } from "../kernel/bytes.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Querier } from "../postgres/database.ts";
import { raiseAllowance } from "./allowance-store.ts";

export interface Allowance {
  readonly clientId: Uuid;
  /** What is counted: a word of ours. */
  readonly of: string;
  readonly windowSeconds: number;
  readonly ceiling: number;
}

/** What was got; to be called when it was not used after all. */
export type GiveBack = () => void;

export interface Allowances {
  /**
   * Takes `amount`, or nothing and answers null. INVARIANT: over all processes no more than the ceiling is got in one window. A process may hold
   * up to a hundredth of it unspent.
   */
  take(allowance: Allowance, amount: number): Promise<GiveBack | null>;
}

interface AllowancesContext {
  readonly database: Querier;
  readonly keys: Pick<Keys, "keyedDigest">;
  readonly clock: Clock;
}

interface Part {
  left: number;
  readonly token: Token;
  readonly endsAt: Date;
  /** Raises go one after the other. */
  raising: Promise<unknown>;
}

const PARTS_MAX = 20_000;
const PARTS_OF_CEILING = 100;

export function createAllowances({ database, keys, clock }: AllowancesContext): Allowances {
  const parts = new Map<string, Part>();

  const partOf = ({ clientId, of, windowSeconds }: Allowance): Part => {
    const window = Math.floor(clock.now().getTime() / 1000 / windowSeconds);
    const key = `${clientId}/${of}/${windowSeconds}/${window}`;
    const known = parts.get(key);
    if (known !== undefined) return known;
    const token = keys.keyedDigest("client-allowance", key);
    const endsAt = new Date((window + 1) * windowSeconds * 1000);
    const part: Part = { left: 0, token, endsAt, raising: Promise.resolve() };
    parts.set(key, part);
    if (parts.size > PARTS_MAX) parts.delete(parts.keys().next().value ?? "");
    return part;
  };

  const raise = async (part: Part, ceiling: number, amount: number): Promise<boolean> => {
    // Whoever came before may have got enough for this one, too.
    const least = amount - part.left;
    if (least <= 0) return true;
    const most = least + Math.floor(ceiling / PARTS_OF_CEILING);
    const { token, endsAt } = part;
    const got = await raiseAllowance(database, { token, endsAt, least, most, ceiling }, clock.now());
    part.left += got;
    return got > 0;
  };

  return {
    take: async (allowance, amount) => {
      const part = partOf(allowance);
      while (part.left < amount) {
        const raising = part.raising.then(() => raise(part, allowance.ceiling, amount));
        part.raising = raising.catch(() => {});
        if (!(await raising)) return null;
      }
      part.left -= amount;
      // To the window it was taken from, which may be over.
      return () => void (part.left += amount);
    },
  };
}
