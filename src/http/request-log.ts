// One log line an answer: route template, status, time taken, client id. No body, query, header, address or URL ever reaches the log.
import type { FastifyInstance, FastifyRequest } from "fastify";
import { type DestinationStream, type Logger, pino, stdTimeFunctions } from "pino";

const STACK_FRAMES_MAX = 12;

/** What is known of an error without quoting it: a library's message may hold the input it failed on. */
interface SafeError {
  readonly type: string;
  readonly code?: string;
  readonly frames: readonly string[];
  readonly cause?: SafeError;
}

export function createLog(level: string, destination?: DestinationStream): Logger {
  const options = {
    level,
    base: null,
    timestamp: stdTimeFunctions.isoTime,
    serializers: { err: safeError, req: () => undefined, res: () => undefined },
  };
  return destination === undefined ? pino(options) : pino(options, destination);
}

/** INVARIANT: the message is left out, and with it the first lines of the stack that repeat it. */
function safeError(error: unknown): SafeError {
  if (!(error instanceof Error)) return { type: typeof error, frames: [] };
  const frames = (error.stack ?? "").split("\n").filter((line) => /^ {4}at /.test(line));
  const code = "code" in error && typeof error.code === "string" && /^[\w.-]{1,60}$/.test(error.code);
  return {
    type: error.name,
    ...(code ? { code: (error as { code?: string }).code ?? "" } : {}),
    frames: frames.slice(0, STACK_FRAMES_MAX).map((line) => line.trim()),
    ...(error.cause === undefined ? {} : { cause: safeError(error.cause) }),
  };
}

/** The route's template, or a constant where none matched: never the URL. */
export function routeOf(request: FastifyRequest): string {
  return request.routeOptions.url ?? "unknown";
}

export function logAnswers(http: FastifyInstance): void {
  http.addHook("onResponse", (request, reply, done) => {
    request.log.info(
      {
        reqId: request.id,
        method: request.method,
        route: routeOf(request),
        status: reply.statusCode,
        milliseconds: Math.round(reply.elapsedTime),
        client: request.principal?.principalId,
      },
      "answered",
    );
    done();
  });
}
