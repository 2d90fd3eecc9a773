// The headers every answer carries, so that no browser, proxy or cache keeps or frames what is shown.
import type { FastifyInstance } from "fastify";

const ALWAYS: Readonly<Record<string, string>> = {
  // Routes whose answers are public and immutable (tiles) replace this one.
  "cache-control": "no-store",
  "content-security-policy": "default-src 'none'; frame-ancestors 'none'",
  "cross-origin-resource-policy": "same-origin",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
};
// RFC 6797; two years.
const OVER_TLS = { ...ALWAYS, "strict-transport-security": "max-age=63072000" };

export function securityHeaders(overTls: boolean): Readonly<Record<string, string>> {
  return overTls ? OVER_TLS : ALWAYS;
}

export function addSecurityHeaders(http: FastifyInstance, overTls: boolean): void {
  const headers = securityHeaders(overTls);
  http.addHook("onRequest", (_request, reply, done) => {
    reply.headers(headers);
    done();
  });
}
