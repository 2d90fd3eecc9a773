// The operations by which customers see what is held about them.
import { portalFile, portalFileQuery, portalTopics } from "../portal-file.ts";
import { route } from "../route.ts";

const tag = "portal";

export const portalFileRoutes = {
  topics: route({
    id: "listPortalTopics",
    method: "GET",
    path: "/v1/portal/topics",
    tag,
    summary: "What kinds of information there are, in plain words",
    status: 200,
    answer: portalTopics,
  }),
  file: route({
    id: "getPortalFile",
    method: "GET",
    path: "/v1/portal/file",
    tag,
    summary: "What we hold about the customer, by topic",
    description:
      "A disclosure to the customer, decided and recorded like any other. What may not be shown is left out, so that it cannot be told from what is not there. At most 200 records of a kind.",
    query: portalFileQuery,
    status: 200,
    answer: portalFile,
    rechecked: true,
  }),
} as const;
