// The operations of the pictures.
import { customerParams } from "../common.ts";
import { route } from "../route.ts";
import {
  disclosureStatistics,
  disclosureStatisticsQuery,
  keyStatistics,
  logStatistics,
  logStatisticsQuery,
  periodQuery,
  useStatistics,
  viewers,
} from "../statistics.ts";

const tag = "statistics";

export const statisticsRoutes = {
  disclosures: route({
    id: "countDisclosures",
    method: "GET",
    path: "/v1/statistics/disclosures",
    tag,
    summary: "Looks at customers by day or purpose: shown and denied",
    query: disclosureStatisticsQuery,
    status: 200,
    answer: disclosureStatistics,
  }),
  use: route({
    id: "countUse",
    method: "GET",
    path: "/v1/statistics/use",
    tag,
    summary: "Which role was shown which class, and how often",
    query: periodQuery,
    status: 200,
    answer: useStatistics,
  }),
  log: route({
    id: "countEntries",
    method: "GET",
    path: "/v1/statistics/log",
    tag,
    summary: "How the log grows",
    query: logStatisticsQuery,
    status: 200,
    answer: logStatistics,
  }),
  keys: route({
    id: "showKeyState",
    method: "GET",
    path: "/v1/statistics/keys",
    tag,
    summary: "Versions of keys, what waits to be destroyed, and tokens of each index",
    status: 200,
    answer: keyStatistics,
  }),
  viewers: route({
    id: "listViewers",
    method: "GET",
    path: "/v1/customers/:customerId/viewers",
    tag,
    summary: "Who was shown anything of a customer, counted; recorded like the accounting",
    params: customerParams,
    status: 200,
    answer: viewers,
  }),
} as const;
