// The operations on authority to act for a customer.
import { customerParams, done } from "../common.ts";
import { representation, representationDraft, representationParams, representations } from "../representation.ts";
import { route } from "../route.ts";

const tag = "representatives";

export const representationRoutes = {
  request: route({
    id: "requestRepresentation",
    method: "POST",
    path: "/v1/customers/:customerId/representatives",
    tag,
    summary: "Register somebody's authority to act for a customer",
    description:
      "A guardian's counts at once; a power of attorney and an executor's once a second person has approved.",
    params: customerParams,
    body: representationDraft,
    status: 201,
    answer: representation,
    repeatable: "once",
  }),
  approve: route({
    id: "approveRepresentation",
    method: "POST",
    path: "/v1/customers/:customerId/representatives/:representationId/approval",
    tag,
    summary: "Approve somebody's authority, as the second of two people",
    params: representationParams,
    status: 201,
    answer: done,
    repeatable: "once",
  }),
  list: route({
    id: "listRepresentations",
    method: "GET",
    path: "/v1/customers/:customerId/representatives",
    tag,
    summary: "Who acts for a customer, and who is to",
    params: customerParams,
    status: 200,
    answer: representations,
  }),
  end: route({
    id: "endRepresentation",
    method: "DELETE",
    path: "/v1/customers/:customerId/representatives/:representationId",
    tag,
    summary: "End somebody's authority, at once",
    params: representationParams,
    status: 200,
    answer: done,
    repeatable: "once",
  }),
} as const;
