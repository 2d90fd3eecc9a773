// The operations on changes that wait.
import {
  changeConfirmation,
  changeParams,
  changeVerdict,
  ownChangeParams,
  ownChanges,
  pendingChanges,
} from "../changes.ts";
import { customerParams, done } from "../common.ts";
import { route } from "../route.ts";

const tag = "changes";

export const changeRoutes = {
  list: route({
    id: "listPendingChanges",
    method: "GET",
    path: "/v1/customers/:customerId/changes",
    tag,
    summary: "Changes of a customer's payee, bank account, address or contact that wait",
    params: customerParams,
    status: 200,
    answer: pendingChanges,
  }),
  confirm: route({
    id: "confirmChange",
    method: "POST",
    path: "/v1/customers/:customerId/changes/:changeId/confirmation",
    tag,
    summary: "Confirm a change with the code that was sent to the contact on file",
    description: "It takes effect after the cooling-off time, and is told at the same contact.",
    params: changeParams,
    body: changeConfirmation,
    status: 200,
    answer: changeVerdict,
  }),
  vouch: route({
    id: "vouchForChange",
    method: "POST",
    path: "/v1/customers/:customerId/changes/:changeId/vouching",
    tag,
    summary:
      "Vouch, as the second of two people, for the first contact of somebody who has none, having seen the document",
    description: "It takes effect after the cooling-off time, and proves nothing for three days more.",
    params: changeParams,
    status: 201,
    answer: done,
    repeatable: "once",
  }),
  stop: route({
    id: "stopChange",
    method: "POST",
    path: "/v1/customers/:customerId/changes/:changeId/stop",
    tag,
    summary: "Stop a change that has not taken effect",
    params: changeParams,
    status: 201,
    answer: done,
    repeatable: "once",
  }),
} as const;

export const ownChangeRoutes = {
  list: route({
    id: "listOwnChanges",
    method: "GET",
    path: "/v1/portal/changes",
    tag: "portal",
    summary: "Changes of the customer's own payee, bank account, address or contact that wait",
    status: 200,
    answer: ownChanges,
  }),
  stop: route({
    id: "stopOwnChange",
    method: "POST",
    path: "/v1/portal/changes/:changeId/stop",
    tag: "portal",
    summary: "Stop a change that the customer did not ask for, before it takes effect",
    params: ownChangeParams,
    status: 201,
    answer: done,
    repeatable: "once",
  }),
} as const;
