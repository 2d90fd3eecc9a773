// Binds one described operation to its handler: parsing, authentication, answering. Handlers see typed, checked input only.
import type { FastifyInstance, FastifyReply, FastifyRequest, RouteOptions } from "fastify";
import { z } from "zod";
import type { Answer, Asked, Route } from "../../contract/route.ts";
import type { Authenticated } from "../access/access.ts";
import { principalOf } from "./authentication.ts";

export interface Call<R extends Route> extends Asked<R> {
  readonly principal: Authenticated;
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
}

const SECURED = [{ bearer: [] }];
/** What nothing asks for is refused like any other unknown member: a misspelt filter must not look like one that found everything. */
const NO_QUERY = z.strictObject({});
const idempotencyHeader = z.looseObject({
  "idempotency-key": z
    .string()
    .max(128)
    .optional()
    .describe("The same key with the same request is done once; kept for a day"),
});

/** A route that needs a token. The handler may also answer by itself through `reply` and return nothing. */
export function serve<R extends Route>(
  http: FastifyInstance,
  described: R,
  handle: (call: Call<R>) => Promise<Answer<R> | FastifyReply>,
): void {
  http.route({
    ...routeOptions(described),
    exposeHeadRoute: false,
    config: { isRechecked: described.rechecked === true, isHalf: described.half === true },
    handler: (request, reply) => {
      const { params, query, body } = request;
      void reply.code(described.status);
      return handle({ params, query, body, principal: principalOf(request), request, reply } as Call<R>);
    },
  });
}

/** A route anybody may ask; its description says so. */
export function servePublic<R extends Route>(
  http: FastifyInstance,
  described: R,
  handle: (call: Omit<Call<R>, "principal">) => Promise<Answer<R> | FastifyReply>,
): void {
  http.route({
    ...routeOptions(described, true),
    config: { isPublic: true },
    handler: (request, reply) => {
      const { params, query, body } = request;
      void reply.code(described.status);
      return handle({ params, query, body, request, reply } as Omit<Call<R>, "principal">);
    },
  });
}

function routeOptions(described: Route, isPublic = false): Pick<RouteOptions, "method" | "url" | "schema"> {
  const { params, query, body, gives, answer, status } = described;
  const schema = {
    operationId: described.id,
    tags: [described.tag],
    summary: described.summary,
    ...(described.description === undefined ? {} : { description: described.description }),
    ...(isPublic ? { security: [] } : { security: SECURED }),
    ...(described.takes === undefined ? {} : { consumes: [described.takes] }),
    ...(params === undefined ? {} : { params }),
    querystring: query ?? NO_QUERY,
    ...(body === undefined ? {} : { body }),
    ...(described.repeatable === undefined ? {} : { headers: idempotencyHeader }),
    response: {
      [status]: gives === undefined ? answer : { description: "Done", content: { [gives]: { schema: answer } } },
    },
  };
  return { method: described.method, url: described.path, schema };
}
