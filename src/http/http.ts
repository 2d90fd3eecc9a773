// The HTTP interface: one server over TCP with every route of the contract, the public log, health, metrics and documentation.
import type { FastifyInstance } from "fastify";
import type { Logger } from "pino";
import { ROUTES } from "../../contract/routes.ts";
import { type Authenticate, requireToken } from "./authentication.ts";
import { createCursors } from "./cursors.ts";
import { HttpError } from "./errors.ts";
import { getHealth, type Readiness } from "./health/get-health.ts";
import { getMetrics } from "./health/get-metrics.ts";
import { getRoot } from "./health/get-root.ts";
import { createIdempotency } from "./idempotency.ts";
import { knownNames } from "./known-names.ts";
import { measureAnswers, type Metrics } from "./metrics.ts";
import { describeRoutes, serveDocumentation } from "./openapi.ts";
import { addRateLimits, ceilingCheck } from "./rate-limits.ts";
import { addRoutes } from "./routes.ts";
import { addScim } from "./scim/scim.ts";
import { addSingleSignOn } from "./sso/sso.ts";
import { addPages } from "./pages/pages.ts";
import { createServer, type ListenConfig } from "./server.ts";
import type { Domains, Shell } from "./shell.ts";

export { createMetrics, type Metrics } from "./metrics.ts";
export { createLog } from "./request-log.ts";
export { startLocalServer, type LocalServer } from "./local-server.ts";
export { coveredIdempotencyKeys } from "./renew-key-covers.ts";
export type { ListenConfig } from "./server.ts";
export type { Domains } from "./shell.ts";

export interface HttpOptions {
  readonly domains: Domains;
  readonly authenticate: Authenticate;
  /** Where browsers reach this server; null: where it listens. */
  readonly publicUrl: URL | null;
  readonly listen: ListenConfig;
  readonly requestsPerMinute: { readonly address: number; readonly client: number };
  readonly metrics: Metrics;
  readonly log: Logger;
  readonly version: string;
  readonly readiness: Readiness;
}

export interface HttpServer {
  /** With the port that was free, where none was named. */
  readonly url: string;
  /** Refuses new requests, lets those under way finish, then closes. */
  stop(): Promise<void>;
}

const DRAIN_MS_MAX = 15_000;
const DRAIN_LOOK_MS = 50;

export async function startHttp(options: HttpOptions): Promise<HttpServer> {
  const { domains, listen, log } = options;
  const fieldNames = domains.vault.registry.allFields().flatMap((field) => [field.name, field.path]);
  const http = createServer({ log, names: knownNames(ROUTES, fieldNames), ...listen });
  let draining = false;
  http.addHook("onRequest", (_request, reply, done) => {
    if (!draining) return done();
    void reply.header("connection", "close");
    done(new HttpError("unavailable"));
  });
  measureAnswers(http, options.metrics);
  const limits = await addRateLimits(http, options.requestsPerMinute);
  requireToken(http, options.authenticate, { ...limits, checkCeiling: ceilingCheck(domains.systems) });
  await describeRoutes(http, options.version);
  let listening: URL | null = null;
  const shell = shellOf(options, () => options.publicUrl ?? listening ?? new URL("http://127.0.0.1"));
  addRoutes(http, shell);
  await addPages(http, shell);
  addSingleSignOn(http, shell);
  await addScim(http, shell);
  getRoot(http, options.version);
  getHealth(http, async () => (draining ? { server: "stopping" } : options.readiness()));
  getMetrics(http, shell);
  await serveDocumentation(http);
  const sweeping = shell.idempotency.startSweeping((err) =>
    log.error({ err }, "old idempotency keys were not deleted"),
  );
  const url = await http.listen({ host: listen.host, port: listen.port });
  listening = new URL(url);
  return {
    url,
    async stop() {
      draining = true;
      sweeping.stop();
      await drain(http);
    },
  };
}

function shellOf({ domains, metrics, listen }: HttpOptions, publicUrl: () => URL): Shell {
  const { database, keys, clock } = domains;
  return {
    ...domains,
    metrics,
    publicUrl,
    cursors: createCursors(keys),
    idempotency: createIdempotency({ database, keys, clock }),
    asks: { forCertificates: listen.tls?.requestsCertificates === true },
  };
}

async function drain(http: FastifyInstance): Promise<void> {
  const force = setTimeout(() => http.server.closeAllConnections(), DRAIN_MS_MAX);
  // Connections that answer their last request only now would else be kept alive for more.
  const idle = setInterval(() => http.server.closeIdleConnections(), DRAIN_LOOK_MS);
  try {
    await http.close();
  } finally {
    clearTimeout(force);
    clearInterval(idle);
  }
}
