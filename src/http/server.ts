// The bare HTTP server: limits, time-outs, parsers, hooks and problem answers, before any route.
import { readFileSync } from "node:fs";
import Fastify, { type FastifyInstance, type FastifyServerOptions, LogController } from "fastify";
import { createSerializerCompiler, type ZodTypeProvider } from "fastify-type-provider-zod";
import type { Logger } from "pino";
import type { z } from "zod";
import { LIMITS } from "../../contract/common.ts";
import { newId } from "../kernel/ids.ts";
import { HttpError } from "./errors.ts";
import { acceptJsonOnly } from "./json-body.ts";
import { answerBrokenRequest, answerProblems, sendFrameworkProblem } from "./problem-answers.ts";
import { SchemaRefusal } from "./problems.ts";
import { logAnswers } from "./request-log.ts";
import { addSecurityHeaders, securityHeaders } from "./security-headers.ts";
import type { KnownNames } from "./validation-errors.ts";

export type Http = FastifyInstance<never, never, never, never, ZodTypeProvider>;

const CONNECTIONS_MAX = 10_000;
const HEADERS_SIZE_BYTES_MAX = 16_384;
const HEADERS_TIMEOUT_MS = 20_000;
const REQUEST_TIMEOUT_MS = 300_000;
const IDLE_TIMEOUT_MS = 75_000;
const PARAM_LENGTH_MAX = 200;

export interface ListenConfig {
  readonly host: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** null only on the loopback interface. */
  readonly tls: {
    readonly certFile: string;
    readonly keyFile: string;
    /** Clients are asked for a certificate and may leave it out (RFC 8705). */
    readonly requestsCertificates: boolean;
    /** Who issues certificates to clients, in PEM; null: none is trusted for its issuer, and each must be registered itself. */
    readonly clientCaFile: string | null;
  } | null;
  /** Addresses whose X-Forwarded-For is believed. */
  readonly trustedProxies: readonly string[];
}

export interface ServerOptions {
  readonly log: Logger;
  readonly names: KnownNames;
  readonly tls: ListenConfig["tls"];
  readonly trustedProxies: readonly string[];
}

export function createServer(options: ServerOptions): FastifyInstance {
  const http = Fastify({ ...fastifyOptions(options), ...protocolOptions(options.tls) }) as unknown as FastifyInstance;
  http.server.maxConnections = CONNECTIONS_MAX;
  http.server.headersTimeout = HEADERS_TIMEOUT_MS;
  // RFC 9110 10.1.1: an expectation that is not known may be passed over; Node would answer 417 with nothing to read.
  http.server.on("checkExpectation", (request, response) => http.server.emit("request", request, response));
  http.setValidatorCompiler<z.ZodType>(({ schema, httpPart }) => {
    // Headers are described for the documentation and read where they matter; a copy of all of them for each request is not needed.
    if (httpPart === "headers") return () => true;
    const part = httpPart === "querystring" ? "query" : (httpPart ?? "body");
    return (data) => {
      const result = schema.safeParse(data);
      const issues = result.success ? oddNumbers(part, data, result.data) : result.error.issues;
      return result.success && issues.length === 0
        ? { value: result.data }
        : { error: new SchemaRefusal(issues, part) };
    };
  });
  http.setSerializerCompiler(createSerializerCompiler());
  // A logger made for each request costs as much as a line of it: every line names its request by itself.
  http.setChildLoggerFactory((logger) => logger);
  addSecurityHeaders(http, options.tls !== null);
  logAnswers(http);
  // RFC 9112 3.2.
  http.addHook("onRequest", ({ raw, headers }, _reply, done) => {
    done(headers.host === undefined && raw.httpVersion === "1.1" ? new HttpError("malformed-http") : undefined);
  });
  acceptJsonOnly(http, LIMITS.bodyBytes);
  answerProblems(http, options.names);
  return http;
}

/** A query holds texts. Of those that the language takes for a number ("0x10", " 5", "") only one is what the document calls one: its digits. */
function oddNumbers(part: string, given: unknown, parsed: unknown): z.core.$ZodIssue[] {
  if (part !== "query") return [];
  const texts = given as Readonly<Record<string, unknown>>;
  const odd = Object.entries(parsed as object).filter(
    ([name, value]) => typeof value === "number" && texts[name] !== undefined && texts[name] !== String(value),
  );
  return odd.map(([name]) => ({ code: "invalid_type", expected: "int", path: [name], message: "", input: undefined }));
}

function noCompiler(): never {
  throw new Error("every schema is checked and written by the compilers that are set below");
}

function fastifyOptions(options: ServerOptions): FastifyServerOptions {
  return {
    loggerInstance: options.log,
    // Fastify would load its own compilers of schemas, which every part of this server replaces.
    schemaController: { compilersFactory: { buildValidator: noCompiler, buildSerializer: noCompiler } },
    logController: new LogController({ disableRequestLogging: true }),
    genReqId: () => newId(),
    bodyLimit: LIMITS.bodyBytes,
    connectionTimeout: REQUEST_TIMEOUT_MS,
    requestTimeout: REQUEST_TIMEOUT_MS,
    keepAliveTimeout: IDLE_TIMEOUT_MS,
    routerOptions: { maxParamLength: PARAM_LENGTH_MAX },
    // RFC 9110 9.1. What needs a token is asked for whole: a HEAD would record a look at data that nobody gets.
    exposeHeadRoutes: true,
    trustProxy: options.trustedProxies.length > 0 ? [...options.trustedProxies] : false,
    // While closing, our own hook answers 503 with a problem document.
    return503OnClosing: false,
    // These come before every hook.
    frameworkErrors: (error, request, reply) =>
      sendFrameworkProblem(error, request, reply.headers(securityHeaders(options.tls !== null))),
    clientErrorHandler: answerBrokenRequest,
  };
}

function protocolOptions(tls: ListenConfig["tls"]): object {
  // Without a host Node would answer 400 with nothing to read; the hook above does.
  const limits = { maxHeaderSize: HEADERS_SIZE_BYTES_MAX, requireHostHeader: false };
  if (tls === null) return { http: limits };
  const cert = readFileSync(tls.certFile);
  const key = readFileSync(tls.keyFile);
  // INVARIANT: never the authorities of the public web, who would name a stranger whatever they like: an empty list trusts none.
  const ca = tls.clientCaFile === null ? [] : [readFileSync(tls.clientCaFile)];
  const clients = { requestCert: tls.requestsCertificates, rejectUnauthorized: false, ca };
  return { https: { ...limits, cert, key, minVersion: "TLSv1.3", ...clients } };
}
