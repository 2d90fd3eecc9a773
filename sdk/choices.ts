// What customers say no to, and which privacy notices they got.
import type { Asking } from "../contract/route.ts";
import { choiceRoutes, noticeRoutes } from "../contract/routes/choices.ts";
import type { Call } from "./call.ts";

type ChoiceRoutes = typeof choiceRoutes;
type NoticeRoutes = typeof noticeRoutes;

export function choicesOf(call: Call) {
  const { list, set, own, setOwn } = choiceRoutes;
  return {
    list: (customerId: string) => call(list, { params: { customerId } }),
    set: (customerId: string, body: Asking<ChoiceRoutes["set"]>["body"]) => call(set, { params: { customerId }, body }),
    own: () => call(own, {}),
    setOwn: (body: Asking<ChoiceRoutes["setOwn"]>["body"]) => call(setOwn, { body }),
  };
}

export function noticesOf(call: Call) {
  const { list, deliveries, deliver, mail, own, receive } = noticeRoutes;
  return {
    list: () => call(list, {}),
    deliveries: (customerId: string) => call(deliveries, { params: { customerId } }),
    deliver: (customerId: string, body: Asking<NoticeRoutes["deliver"]>["body"]) =>
      call(deliver, { params: { customerId }, body }),
    mail: (customerId: string, body: Asking<NoticeRoutes["mail"]>["body"]) =>
      call(mail, { params: { customerId }, body }),
    own: () => call(own, {}),
    receive: (notice: string, language: Asking<NoticeRoutes["receive"]>["body"]["language"]) =>
      call(receive, { params: { notice }, body: { language } }),
  };
}
