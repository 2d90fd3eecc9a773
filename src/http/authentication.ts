// Who is asking: a bearer token (RFC 6750), or the cookie of a browser's session, becomes a principal before the body is read.
import type { FastifyInstance, FastifyRequest } from "fastify";
import type { Authenticated } from "../access/access.ts";
import type { ShownCertificate } from "../systems/systems.ts";
import { shownCertificate } from "./client-certificate.ts";
import { HttpError } from "./errors.ts";
import type { CeilingCheck, RateLimits } from "./rate-limits.ts";
import { assertSameSite, doorOf, sessionCookie } from "./session-cookie.ts";

declare module "fastify" {
  interface FastifyRequest {
    /** null on public routes alone. */
    principal: Authenticated | null;
  }
  interface FastifyContextConfig {
    /** Answered without a token: health, metrics, the public log, the documentation. */
    readonly isPublic?: boolean;
    /** Whoever asks is checked once more in the ledger before anything is released, so a memory of seconds will do. */
    readonly isRechecked?: boolean;
    /** What a session may ask in which no second factor was shown yet. */
    readonly isHalf?: boolean;
  }
}

/**
 * null for every token that is not right, without saying why. `fresh`: as it stands now, not seconds ago. `certificate` reads that of the connection,
 * for tokens that are bound to one.
 */
export type Authenticate = (
  token: string,
  fresh: boolean,
  certificate: () => ShownCertificate | null,
) => Promise<Authenticated | null>;

const BEARER = /^Bearer ([\x21-\x7e]{1,300})$/;

export function requireToken(
  http: FastifyInstance,
  authenticate: Authenticate,
  limits: RateLimits & CeilingCheck,
): void {
  http.decorateRequest("principal", null);
  http.addHook("onRequest", async (request) => {
    const { isPublic, isRechecked, isHalf } = request.routeOptions.config;
    if (isPublic === true || request.is404) return;
    const token = tokenOf(request);
    const principal =
      token === undefined ? null : await authenticate(token, isRechecked !== true, () => shownCertificate(request));
    if (principal === null || !isAtItsDoor(request, principal)) throw new HttpError("unauthenticated");
    // INVARIANT: a password alone opens nothing. Whoever is staff has shown a second factor, or is on the way to.
    if (isHalf !== true && isHalfSession(principal)) throw new HttpError("second-factor-needed");
    request.principal = principal;
    await limits.checkClient(request);
    await limits.checkCeiling(principal);
  });
}

/** A header that is there counts, right or wrong; else the cookie of a browser's session. */
function tokenOf(request: FastifyRequest): string | undefined {
  if (request.headers.authorization !== undefined) return BEARER.exec(request.headers.authorization)?.[1];
  const cookie = sessionCookie(request);
  if (cookie === null) return undefined;
  assertSameSite(request);
  return BEARER.exec(`Bearer ${cookie}`)?.[1];
}

/** INVARIANT: in a cookie, a customer's session counts on the portal's pages alone and a member of staff's nowhere on them. */
function isAtItsDoor(request: FastifyRequest, { kind }: Authenticated): boolean {
  if (request.headers.authorization !== undefined) return true;
  return (kind === "customer") === (doorOf(request) === "portal");
}

function isHalfSession({ kind, signIn }: Authenticated): boolean {
  return kind === "staff" && (signIn === null || signIn.strongAt === null);
}

/** The principal of a route that is not public. */
export function principalOf(request: FastifyRequest): Authenticated {
  if (request.principal === null) throw new HttpError("unauthenticated");
  return request.principal;
}
