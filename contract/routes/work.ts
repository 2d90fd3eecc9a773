// The operations of the day's work.
import { route } from "../route.ts";
import { recent, recentQuery, work, workQuery } from "../work.ts";

const tag = "work";

export const workRoutes = {
  work: route({
    id: "listWork",
    method: "GET",
    path: "/v1/me/work",
    tag,
    summary: "What is assigned to you, and what waits for you",
    query: workQuery,
    status: 200,
    answer: work,
  }),
  recent: route({
    id: "listRecentCustomers",
    method: "GET",
    path: "/v1/me/recent",
    tag,
    summary:
      "Customers you were shown something of in the last month, the last first: ids, times and purposes, no names",
    query: recentQuery,
    status: 200,
    answer: recent,
  }),
} as const;
