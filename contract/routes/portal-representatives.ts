// The operations by which customers see who may act for them, and end it.
import { done } from "../common.ts";
import { ownRepresentativeParams, ownRepresentatives } from "../portal-representatives.ts";
import { route } from "../route.ts";

const tag = "portal";

export const portalRepresentativeRoutes = {
  list: route({
    id: "listOwnRepresentatives",
    method: "GET",
    path: "/v1/portal/representatives",
    tag,
    summary: "Who may act for the customer",
    status: 200,
    answer: ownRepresentatives,
  }),
  end: route({
    id: "endOwnRepresentative",
    method: "DELETE",
    path: "/v1/portal/representatives/:representationId",
    tag,
    summary: "End somebody's authority to act for the customer, at once",
    description: "Needs a factor shown just now (`mayAddPasskey` of the session).",
    params: ownRepresentativeParams,
    status: 200,
    answer: done,
    repeatable: "once",
  }),
} as const;
