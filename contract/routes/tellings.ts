// The operations on those who are to be told of something.
import { customerParams, pageOf } from "../common.ts";
import { route } from "../route.ts";
import { customerTellings, ownTellings, telling, tellingParams, tellingQuery, tellingStep } from "../tellings.ts";

const tag = "tellings";

export const tellingRoutes = {
  list: route({
    id: "listTellings",
    method: "GET",
    path: "/v1/tellings",
    tag,
    summary:
      "Who is still to be told of a correction, a statement or a withdrawal, what is due first first; or who was",
    query: tellingQuery,
    status: 200,
    answer: pageOf(telling),
  }),
  ofCustomer: route({
    id: "listTellingsOfCustomer",
    method: "GET",
    path: "/v1/customers/:customerId/tellings",
    tag,
    summary: "Who is told, and was, about a customer",
    params: customerParams,
    status: 200,
    answer: customerTellings,
  }),
  step: route({
    id: "stepTelling",
    method: "POST",
    path: "/v1/tellings/:tellingId/steps",
    tag,
    summary: "Say that somebody was told and what proves it, that they confirmed it, or have it sent again",
    params: tellingParams,
    body: tellingStep,
    status: 200,
    answer: telling,
    repeatable: "once",
  }),
} as const;

export const portalTellingRoutes = {
  list: route({
    id: "listOwnTellings",
    method: "GET",
    path: "/v1/portal/tellings",
    tag,
    summary: "Who is told of what you had corrected, dispute, or no longer permit",
    status: 200,
    answer: ownTellings,
  }),
} as const;
