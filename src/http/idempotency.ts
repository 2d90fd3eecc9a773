// Idempotency-Key: a write that is sent again answers the same ids and is not done again. Only keyed digests of the key and of what was asked are kept.
import { createHash } from "node:crypto";
import type { FastifyRequest } from "fastify";
import { asCode, equalConstantTime, type Uuid } from "../kernel/bytes.ts";
import { canonicalJson, type Json } from "../kernel/canonical-json.ts";
import type { Clock } from "../kernel/clock.ts";
import type { Keys } from "../keys/keys.ts";
import type { Database, Querier, Transaction } from "../postgres/database.ts";
import { principalOf } from "./authentication.ts";
import { HttpError } from "./errors.ts";
import { deleteKeysBefore, findKey, insertKey, type KeptKey } from "./idempotency-store.ts";

const KEPT_MS = 24 * 60 * 60 * 1000;
const SWEEP_MS = 60 * 60 * 1000;
const KEY_PATTERN = /^[\x21-\x7e]{1,128}$/;

/** To be called in the write's own transaction with the ids that make up the answer. */
export type Also = (tx: Transaction, ids: readonly Uuid[]) => Promise<void>;

export interface Idempotency {
  /**
   * Runs `work` once for a principal's key; a repetition with the same request gets `replay` of the ids instead. Without the header it just runs.
   * Throws HttpError `idempotency-key-reused` when the key came with another request.
   */
  once<Result, Replayed>(
    request: FastifyRequest,
    work: (also: Also) => Promise<Result>,
    replay: (ids: readonly Uuid[]) => Replayed | Promise<Replayed>,
  ): Promise<Result | Replayed>;
  /** For disclosures: the key is checked against the request, but a repetition is decided and recorded anew. */
  check(request: FastifyRequest): Promise<void>;
  /** Forgets keys older than a day, now and every hour until stopped. */
  startSweeping(onError: (error: unknown) => void): { stop(): void };
}

interface Parts {
  readonly database: Database;
  readonly keys: Pick<Keys, "keyedDigest" | "digestCovers">;
  readonly clock: Clock;
}

/** Two requests with one key met: the other one's transaction won. */
class KeyTaken extends Error {}

export function createIdempotency(parts: Parts): Idempotency {
  return {
    async once(request, work, replay) {
      const kept = keptKey(parts, request);
      if (kept === null) return work(async () => {});
      const known = await knownResult(parts, kept);
      if (known !== null) return replay(known);
      try {
        return await work(async (tx, ids) => {
          if (!(await keep(parts, tx, kept, ids))) throw new KeyTaken();
        });
      } catch (error) {
        if (!(error instanceof KeyTaken)) throw error;
        const winner = await knownResult(parts, kept);
        if (winner === null) throw new HttpError("conflict");
        return replay(winner);
      }
    },
    async check(request) {
      const kept = keptKey(parts, request);
      if (kept === null || (await knownResult(parts, kept)) !== null) return;
      if (!(await keep(parts, parts.database, kept, []))) await knownResult(parts, kept);
    },
    startSweeping(onError) {
      const sweep = (): void => {
        const before = new Date(parts.clock.now().getTime() - KEPT_MS);
        deleteKeysBefore(parts.database, before).catch(onError);
      };
      sweep();
      const timer = setInterval(sweep, SWEEP_MS);
      timer.unref();
      return { stop: () => clearInterval(timer) };
    },
  };
}

function keptKey({ keys }: Parts, request: FastifyRequest): KeptKey | null {
  const header = request.headers["idempotency-key"];
  if (header === undefined) return null;
  if (typeof header !== "string" || !KEY_PATTERN.test(header)) throw new HttpError("invalid-idempotency-key");
  const { principalId } = principalOf(request);
  const route = `${request.method} ${request.routeOptions.url ?? ""}`;
  const query = request.query as Readonly<Record<string, Json>>;
  const asked = canonicalJson({
    route,
    params: request.params as Json,
    // Left out where there is none: so it is in what was kept of the many writes without one.
    ...(Object.keys(query).length === 0 ? {} : { query }),
    body: comparable(request.body),
  });
  return {
    principalId,
    keyToken: keys.keyedDigest("idempotency-key", principalId, header),
    bodyToken: keys.keyedDigest("idempotency-body", principalId, asked),
    route: asCode(
      route
        .toLowerCase()
        .replace(" ", ":")
        .slice(0, 64)
        .replaceAll(/[^a-z0-9._:/-]/g, "-"),
    ),
  };
}

/** Of a file its digest. */
function comparable(body: unknown): Json {
  if (body instanceof Uint8Array) return createHash("sha256").update(body).digest("hex");
  return (body ?? null) as Json;
}

function keep({ keys, clock }: Parts, on: Querier, kept: KeptKey, result: readonly Uuid[]): Promise<boolean> {
  return insertKey(on, keys.digestCovers("write"), kept, { result, now: clock.now() });
}

async function knownResult({ database, keys }: Parts, kept: KeptKey): Promise<readonly Uuid[] | null> {
  const known = await findKey(database, keys.digestCovers("read"), kept);
  if (known === null) return null;
  if (!equalConstantTime(known.bodyToken, kept.bodyToken)) throw new HttpError("idempotency-key-reused");
  return known.result;
}
