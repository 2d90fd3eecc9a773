// PUT /v1/imports/:importId/content?offset=
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { importEvent } from "../../../contract/operations.ts";
import { importRoutes } from "../../../contract/routes/operations.ts";
import type { Received } from "../../import/import.ts";
import type { Uuid } from "../../kernel/bytes.ts";
import { writeActor } from "../customers/write-actor.ts";
import { problemOf } from "../problems.ts";
import { serve } from "../serve.ts";
import { idOf, requireRight, type Shell } from "../shell.ts";
import { runAnswer } from "./run-answer.ts";

type Event = z.output<typeof importEvent>;

/** In a scope of its own, since here alone a body is a stream: nothing of it is held back or limited but by what was announced. */
export function putImportsIdContent(http: FastifyInstance, shell: Shell): void {
  void http.register(async (scope) => {
    scope.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
    serve(scope, importRoutes.content, async ({ params, query, body, principal, request, reply }) => {
      requireRight(shell.access, principal, "import.run");
      const importId = idOf(params.importId);
      const source = body as AsyncIterable<Uint8Array>;
      const received = shell.imports.receive(importId, query.offset, source, writeActor(principal));
      // What is refused at once is refused with a status of its own; later failures are told in the stream.
      const first = await received.next();
      const onFailure = (error: unknown): Event => {
        const { problem, unexpected } = problemOf(error, request.id, new Set());
        if (unexpected) request.log.error({ err: error, code: problem.code }, "an import failed");
        return { event: "problem", problem };
      };
      const events = eventsOf(shell, { importId, first, received, onFailure });
      return reply.type("application/x-ndjson").send(Readable.from(events, { objectMode: false }));
    });
  });
}

interface Receiving {
  readonly importId: Uuid;
  readonly first: IteratorResult<Received, unknown>;
  readonly received: AsyncGenerator<Received>;
  readonly onFailure: (error: unknown) => Event;
}

async function* eventsOf({ imports }: Shell, receiving: Receiving): AsyncGenerator<string> {
  const { importId, first, received, onFailure } = receiving;
  try {
    for (let next = first; next.done !== true; next = await received.next())
      yield line({ event: "progress", ...next.value });
    yield line({ event: "end", run: runAnswer(await imports.get(importId)) });
  } catch (error) {
    yield line(onFailure(error));
  }
}

function line(event: Event): string {
  return `${JSON.stringify(event)}\n`;
}
