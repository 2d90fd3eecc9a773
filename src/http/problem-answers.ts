// Sends problem documents: for failed handlers, unknown URLs, methods that a URL does not answer, and requests that are not HTTP at all.
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Socket } from "node:net";
import { STATUS_CODES } from "node:http";
import { newId } from "../kernel/ids.ts";
import { HttpError, type HttpErrorCode } from "./errors.ts";
import { problemOf } from "./problems.ts";
import type { KnownNames } from "./validation-errors.ts";

const PROBLEM = "application/problem+json";
const NO_NAMES: KnownNames = new Set();

export function answerProblems(http: FastifyInstance, names: KnownNames): void {
  const allowed = collectMethods(http);
  http.setErrorHandler((error, request, reply) => sendProblem(error, request, reply, names));
  // Before the body is read: a broken body sent to nowhere is still sent to nowhere.
  http.addHook("preParsing", (request, _reply, _payload, done) => {
    done(request.is404 ? noRoute(request, allowed) : null);
  });
  http.setNotFoundHandler((request, reply) => sendProblem(noRoute(request, allowed), request, reply, names));
}

/** Where the method is one of those that the URL takes, a route was found and had nothing to show: a file that is not there. */
function noRoute({ method, url }: FastifyRequest, allowed: (url: string) => string[]): HttpError {
  const methods = allowed(url);
  if (methods.length === 0 || methods.includes(method)) return new HttpError("not-found");
  return new HttpError("method-not-allowed", { headers: { allow: methods.join(", ") } });
}

/** For failures before any route is found; see the framework's `frameworkErrors`. */
export function sendFrameworkProblem(error: FastifyError, request: FastifyRequest, reply: FastifyReply): void {
  void sendProblem(error, request, reply, NO_NAMES);
}

function sendProblem(error: unknown, request: FastifyRequest, reply: FastifyReply, names: KnownNames): FastifyReply {
  const { problem, headers, unexpected } = problemOf(error, request.id, names);
  if (unexpected) request.log.error({ err: error, code: problem.code, reqId: request.id }, "failed");
  return reply.code(problem.status).headers(headers).type(PROBLEM).send(JSON.stringify(problem));
}

/** Answers the methods that routes take at a URL: 405 needs to know what 404 does not. */
function collectMethods(http: FastifyInstance): (url: string) => string[] {
  const routes: { readonly pattern: RegExp; readonly methods: readonly string[] }[] = [];
  http.addHook("onRoute", ({ url, method }) => {
    const escaped = url.replaceAll(/[.+?^${}()|[\]\\]/g, String.raw`\$&`);
    const pattern = new RegExp(`^${escaped.replaceAll(/:[^/]+/g, "[^/]+").replaceAll("*", ".*")}$`);
    routes.push({ pattern, methods: [method].flat() });
  });
  return (url) => {
    const path = url.split("?", 1)[0] ?? "";
    return [...new Set(routes.filter(({ pattern }) => pattern.test(path)).flatMap(({ methods }) => methods))];
  };
}

const SOCKET_FAILURES: Readonly<Record<string, HttpErrorCode>> = {
  ERR_HTTP_REQUEST_TIMEOUT: "request-timeout",
  HPE_HEADER_OVERFLOW: "headers-too-large",
};

/** Bytes that are no request: answered on the bare socket, which is then closed (Node `clientError`). */
export function answerBrokenRequest(error: Error & { code?: string }, socket: Socket): void {
  if (error.code === "ECONNRESET" || !socket.writable) {
    socket.destroy();
    return;
  }
  const failure = new HttpError(SOCKET_FAILURES[error.code ?? ""] ?? "malformed-http");
  const { problem } = problemOf(failure, newId(), NO_NAMES);
  const body = JSON.stringify(problem);
  const head = [
    `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status] ?? ""}`,
    `Content-Type: ${PROBLEM}`,
    `Content-Length: ${Buffer.byteLength(body)}`,
    "Cache-Control: no-store",
    "Connection: close",
  ];
  socket.end(`${head.join("\r\n")}\r\n\r\n${body}`);
}
