// PUT /v1/imports/:importId/content?offset=
import { Readable } from "node:stream";
import type { FastifyInstance } from "fastify";
import type { z } from "zod";
import type { importEvent } from "../../../contract/operations.ts";
import { importRoutes } from "../../../contract/routes/operations.ts";
import type { Received } from "../../import/import.ts";
import { writeActor } from "../customers/write-actor.ts";
import { HttpError } from "../errors.ts";
import { problemOf } from "../problems.ts";
import { serve } from "../serve.ts";
import { requireRecordedRight } from "../refusals.ts";
import { idOf, type Shell } from "../shell.ts";
import { requireMapping } from "./may-import.ts";
import { oneRunAnswer } from "./run-answer.ts";

type Event = z.output<typeof importEvent>;

/** In a scope of its own, since here alone a body is a stream: nothing of it is held back or limited but by what was announced. */
export function putImportsIdContent(http: FastifyInstance, shell: Shell): void {
  void http.register(async (scope) => {
    scope.addContentTypeParser("application/octet-stream", (_request, payload, done) => done(null, payload));
    serve(scope, importRoutes.content, async ({ params, query, body, principal, request, reply }) => {
      await requireRecordedRight(shell, principal, { action: "import.run", kind: "import", customerId: null });
      const importId = idOf(params.importId);
      const run = await shell.imports.get(importId);
      const { needsApproval: isWhole, holdsBack } = await requireMapping(shell, principal, run.mapping);
      if (isWhole) await shell.feeds.imports.requireApproval(importId, principal);
      // Neither a type nor a body: no parser was asked, so there is no stream.
      if ((body ?? null) === null)
        throw new HttpError("unsupported-media-type", { detail: "send application/octet-stream" });
      const source = body as AsyncIterable<Uint8Array>;
      const { entities, lines } = principal;
      const sender = { actor: writeActor(principal), within: { entities, lines }, holdsBack, isWhole };
      const received = shell.imports.receive(importId, query.offset, source, sender);
      // What is refused at once is refused with a status of its own; later failures are told in the stream.
      const first = await received.next();
      const onFailure = (error: unknown): Event => {
        const { problem, unexpected } = problemOf(error, request.id, new Set());
        if (unexpected) request.log.error({ err: error, code: problem.code, reqId: request.id }, "an import failed");
        return { event: "problem", problem };
      };
      const end = async () => oneRunAnswer(shell, principal, await shell.imports.get(importId));
      const events = eventsOf({ first, received, end, onFailure });
      return reply.type("application/x-ndjson").send(Readable.from(events, { objectMode: false }));
    });
  });
}

interface Receiving {
  readonly first: IteratorResult<Received, unknown>;
  readonly received: AsyncGenerator<Received>;
  readonly end: () => Promise<Extract<Event, { readonly event: "end" }>["run"]>;
  readonly onFailure: (error: unknown) => Event;
}

async function* eventsOf({ first, received, end, onFailure }: Receiving): AsyncGenerator<string> {
  try {
    for (let next = first; next.done !== true; next = await received.next())
      yield line({ event: "progress", ...next.value });
    yield line({ event: "end", run: await end() });
  } catch (error) {
    yield line(onFailure(error));
  }
}

function line(event: Event): string {
  return `${JSON.stringify(event)}\n`;
}
