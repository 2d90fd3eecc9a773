// What the token endpoints have in common: forms in, no token needed, and refusals in the form of RFC 6749 5.2 in place of problem documents.
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { AppError } from "../../kernel/app-error.ts";
import { audiencesOf, SystemsError, type Proving, type Systems } from "../../systems/systems.ts";
import { shownCertificate } from "../client-certificate.ts";
import { HttpError } from "../errors.ts";
import { acceptFormsOnly } from "../form-body.ts";
import type { Shell } from "../shell.ts";

const OAUTH_CODES = new Set([
  "invalid-client",
  "invalid-request",
  "invalid-grant",
  "unauthorized-client",
  "unsupported-grant-type",
  "invalid-scope",
]);

type Handle = (systems: Systems, proving: Proving, reply: FastifyReply) => Promise<object>;

/** RFC 8414 2: the URL by which systems know this server, without a slash at its end. */
export function issuerOf({ publicUrl }: Pick<Shell, "publicUrl">): string {
  return publicUrl().href.replace(/\/+$/, "");
}

/** Adds `POST path`. */
export function addOauthRoute(http: FastifyInstance, shell: Shell, path: string, handle: Handle): void {
  void http.register(async (scope) => {
    acceptFormsOnly(scope);
    scope.setErrorHandler(answerRefusal);
    scope.post(path, { config: { isPublic: true }, schema: { hide: true } }, (request, reply) => {
      const form = request.body instanceof Map ? (request.body as ReadonlyMap<string, string>) : null;
      // RFC 6749 2.3: one way of proving oneself a request; there are no passwords for Basic to carry.
      if (form === null || request.headers.authorization !== undefined) throw new SystemsError("invalid-request");
      const proving = { form, certificate: shownCertificate(request), audiences: audiencesOf(issuerOf(shell)) };
      return handle(shell.systems, proving, reply);
    });
  });
}

/** INVARIANT: nothing that was sent is repeated. What is no refusal of the form goes to the server's own handler. */
function answerRefusal(error: unknown, _request: FastifyRequest, reply: FastifyReply): FastifyReply {
  if (isUnreadable(error))
    return refuse(reply, 400, "invalid_request", "send a form: application/x-www-form-urlencoded");
  if (!(error instanceof AppError) || error.status >= 500) throw error;
  if (error instanceof SystemsError && OAUTH_CODES.has(error.code)) {
    return refuse(reply, error.status, error.code.replaceAll("-", "_"), error.message);
  }
  if (error instanceof HttpError && error.status !== 429 && error.status !== 404 && error.status !== 405)
    return refuse(reply, error.status, "invalid_request", error.message);
  throw error;
}

function refuse(reply: FastifyReply, status: number, error: string, described: string): FastifyReply {
  return reply.code(status).send({ error, error_description: described });
}

/** The framework could not read the body: another media type, or too much of it. */
function isUnreadable(error: unknown): boolean {
  return error instanceof Error && "code" in error && String(error.code).startsWith("FST_ERR_CTP_");
}
