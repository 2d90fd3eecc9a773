// The ethics desk, and the confidential channel.
import type { Asking } from "../contract/route.ts";
import { dilemmaRoutes } from "../contract/routes/dilemmas.ts";
import { reportRoutes } from "../contract/routes/reports.ts";
import type { Call, CallOptions } from "./call.ts";

type Raising = Asking<typeof dilemmaRoutes.raise>["body"];
type DilemmaQuery = Asking<typeof dilemmaRoutes.list>["query"];
type Decision = Asking<typeof dilemmaRoutes.decide>["body"];
type Draft = Asking<typeof reportRoutes.submit>["body"];
type ReportQuery = Asking<typeof reportRoutes.list>["query"];
type Reply = Asking<typeof reportRoutes.reply>["body"];

export function dilemmasOf(call: Call) {
  const { raise, list, desk, read, decide } = dilemmaRoutes;
  return {
    raise: (body: Raising, options?: CallOptions) => call(raise, { body }, options),
    list: (query: DilemmaQuery = {}) => call(list, { query }),
    desk: () => call(desk, {}),
    read: (dilemmaId: string) => call(read, { params: { dilemmaId } }),
    decide: (dilemmaId: string, body: Decision, options?: CallOptions) =>
      call(decide, { params: { dilemmaId }, body }, options),
  };
}

/** `submit`, `talk` and `add` need no token. */
export function reportsOf(call: Call) {
  const { submit, talk, add, list, read, reply, shutOut, close } = reportRoutes;
  const at = (reportId: string) => ({ params: { reportId } });
  return {
    submit: (body: Draft) => call(submit, { body }),
    talk: (receiptCode: string) => call(talk, { body: { receiptCode } }),
    add: (receiptCode: string, text: string) => call(add, { body: { receiptCode, text } }),
    list: (query: ReportQuery = {}) => call(list, { query }),
    read: (reportId: string) => call(read, at(reportId)),
    reply: (reportId: string, body: Reply, options?: CallOptions) => call(reply, { ...at(reportId), body }, options),
    shutOut: (reportId: string, principalIds: string[], options?: CallOptions) =>
      call(shutOut, { ...at(reportId), body: { principalIds } }, options),
    close: (reportId: string, options?: CallOptions) => call(close, at(reportId), options),
  };
}
