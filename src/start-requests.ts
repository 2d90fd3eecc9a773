// Opens requests under customers' rights: the laws in force, who is told what, and whose letters go out before a day is over.
import { openClocks } from "./clocks/clocks.ts";
import type { Config } from "./config.ts";
import type { Portal } from "./portal/portal.ts";
import { openRequests, type Requests, type RequestsContext } from "./requests/requests.ts";
import type { Grants } from "./grants/grants.ts";

type Parts = Omit<RequestsContext, "clocks" | "areOnePerson" | "tell"> & {
  readonly grants: Pick<Grants, "areOnePerson">;
  readonly portal: Pick<Portal, "write">;
};

/** Throws ClocksError `bad-rules`. */
export function openRightsRequests(config: Pick<Config, "governanceFolder">, parts: Parts): Requests {
  return openRequests({
    ...parts,
    clocks: openClocks(config.governanceFolder),
    areOnePerson: parts.grants.areOnePerson,
    tell: (customerId, requestId, name) => parts.portal.write({ customerId, name, serves: requestId }),
  });
}
