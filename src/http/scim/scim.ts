// SCIM 2.0 (RFC 7643, RFC 7644) below /scim/v2: the directory tells who joined, moved and left. A world of its own media type and errors.
import type { FastifyInstance } from "fastify";
import { LIMITS } from "../../../contract/common.ts";
import { principalOf } from "../authentication.ts";
import { parseJson } from "../json-body.ts";
import { problemOf } from "../problems.ts";
import { requireRight, type Shell } from "../shell.ts";
import { scimDiscovery } from "./discovery.ts";
import { scimGroups } from "./groups.ts";
import { ScimFailure, scimError, type ScimType } from "./scim-error.ts";
import { scimUsers } from "./users.ts";

const MEDIA = "application/scim+json";

export async function addScim(http: FastifyInstance, shell: Shell): Promise<void> {
  await http.register(
    async (scim) => {
      scim.removeAllContentTypeParsers();
      for (const media of [MEDIA, "application/json"]) {
        scim.addContentTypeParser(
          media,
          { parseAs: "buffer", bodyLimit: LIMITS.bodyBytes },
          async (_request: unknown, body: unknown) => parseJson(body as Buffer),
        );
      }
      scim.addHook("onRoute", (route) => {
        route.schema = { ...route.schema, hide: true };
        route.exposeHeadRoute = false;
      });
      scim.addHook("preHandler", async (request) =>
        requireRight(shell.access, principalOf(request), "person.provision"),
      );
      scim.addHook("onSend", async (_request, reply) => {
        if (reply.statusCode !== 204) void reply.type(MEDIA);
      });
      scim.setErrorHandler((error, request, reply) => {
        const { status, detail, scimType } = failureOf(error, request.id);
        if (status >= 500) request.log.error({ err: error, reqId: request.id }, "failed");
        return reply.code(status).send(JSON.stringify(scimError(status, detail, scimType)));
      });
      scimDiscovery(scim);
      scimUsers(scim, shell);
      scimGroups(scim, shell);
    },
    { prefix: "/scim/v2" },
  );
}

interface Failure {
  readonly status: number;
  readonly detail: string;
  readonly scimType: ScimType | undefined;
}

function failureOf(error: unknown, reference: string): Failure {
  if (error instanceof ScimFailure) return { status: error.status, detail: error.message, scimType: error.scimType };
  const { problem } = problemOf(error, reference, new Set());
  const scimType =
    problem.code === "person-exists" ? "uniqueness" : problem.status === 400 ? "invalidSyntax" : undefined;
  return { status: problem.status, detail: problem.detail, scimType };
}
