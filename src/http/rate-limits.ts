// How often one address and one client may ask. Counts live in this process alone; addresses are never logged.
import rateLimit from "@fastify/rate-limit";
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Authenticated } from "../access/access.ts";
import type { CeilingReached, Systems } from "../systems/systems.ts";
import { HttpError } from "./errors.ts";

const WINDOW_MS = 60_000;
const RETRY_AFTER_SECONDS_MIN = 1;

export interface RateLimits {
  /** Throws HttpError `rate-limited` when the request's principal asked too often. */
  checkClient(request: FastifyRequest): Promise<void>;
}

export interface CeilingCheck {
  /** Throws HttpError `ceiling-reached` when whoever asks has used up their own ceiling, over all processes. */
  checkCeiling(principal: Authenticated): Promise<void>;
}

export function ceilingCheck(systems: Pick<Systems, "spendRequest">): CeilingCheck["checkCeiling"] {
  return async (principal) => {
    const reached = await systems.spendRequest(principal);
    if (reached !== null) throw ceilingReached(reached);
  };
}

function ceilingReached({ ceiling, amount, retryAfterSeconds }: CeilingReached): HttpError {
  const detail = `this client has reached its ceiling ${ceiling} of ${amount}`;
  return new HttpError("ceiling-reached", { detail, headers: { "retry-after": String(retryAfterSeconds) } });
}

type Check = ReturnType<FastifyInstance["createRateLimit"]>;

/**
 * Adds the hook that limits addresses; answers the check for clients, which needs to know who asks. Wrong tokens are not counted apart:
 * a secret of 256 bits is not guessed, and a lock-out would let one stale client shut out everybody behind the same proxy.
 */
export async function addRateLimits(
  http: FastifyInstance,
  perMinute: { readonly address: number; readonly client: number },
): Promise<RateLimits> {
  await http.register(rateLimit, { global: false, timeWindow: WINDOW_MS });
  const address = http.createRateLimit({ max: perMinute.address });
  const client = http.createRateLimit({
    max: perMinute.client,
    keyGenerator: (request) => request.principal?.principalId ?? "",
  });
  http.addHook("onRequest", (request) => refuseExceeded(address, request));
  return { checkClient: (request) => refuseExceeded(client, request) };
}

async function refuseExceeded(check: Check, request: FastifyRequest): Promise<void> {
  const state = await check(request);
  if (state.isAllowed || !state.isExceeded) return;
  const headers = { "retry-after": String(Math.max(RETRY_AFTER_SECONDS_MIN, state.ttlInSeconds)) };
  throw new HttpError("rate-limited", { headers });
}
