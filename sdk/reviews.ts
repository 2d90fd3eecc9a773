// Reviews of access.
import type { Asking } from "../contract/route.ts";
import { reviewRoutes } from "../contract/routes/reviews.ts";
import { type Call, type CallOptions, type Connection, send } from "./call.ts";

type ReviewDraft = Asking<typeof reviewRoutes.create>["body"];
type Decisions = Asking<typeof reviewRoutes.decide>["body"];
type LinesQuery = Asking<typeof reviewRoutes.lines>["query"];
type ReviewsQuery = Asking<typeof reviewRoutes.list>["query"];

/** Everybody's access is read, or changed, in one go. */
const LONG_MS = 10 * 60 * 1000;

export function reviewsOf(connection: Connection, call: Call) {
  const { create, list, show, start, lines, decide, close, cancel, csv, pdf } = reviewRoutes;
  return {
    create: (body: ReviewDraft, options?: CallOptions) => call(create, { body }, options),
    list: (query: ReviewsQuery = {}) => call(list, { query }),
    show: (reviewId: string) => call(show, { params: { reviewId } }),
    start: (reviewId: string) => call(start, { params: { reviewId } }, { timeoutMs: LONG_MS }),
    lines: (reviewId: string, query: LinesQuery = {}) => call(lines, { params: { reviewId }, query }),
    decide: (reviewId: string, body: Decisions, options?: CallOptions) =>
      call(decide, { params: { reviewId }, body }, options),
    close: (reviewId: string) => call(close, { params: { reviewId } }, { timeoutMs: LONG_MS }),
    cancel: (reviewId: string, reason: string) => call(cancel, { params: { reviewId }, body: { reason } }),
    /** The bytes of the document. */
    print: async (reviewId: string, format: "csv" | "pdf"): Promise<Uint8Array> => {
      const described = format === "csv" ? csv : pdf;
      const answer = await send(connection, described, { params: { reviewId } }, { timeoutMs: LONG_MS });
      return new Uint8Array(await answer.arrayBuffer());
    },
  };
}
