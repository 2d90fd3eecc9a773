// Opens requests under customers' rights: the laws in force, who is told what, whose letters go out before a day is over, and what carries decisions out.
import type { ByLetter } from "./start-letters.ts";
import type { Grants } from "./grants/grants.ts";
import type { Portal } from "./portal/portal.ts";
import { openRequests, type Requests, type RequestsContext } from "./requests/requests.ts";
import { carriedOutBy, type Carrying } from "./start-deeds.ts";
import type { Directory, StaffMail } from "./staff-mail.ts";

type Parts = Omit<RequestsContext, "areOnePerson" | "tell" | "remind" | "deeds"> &
  Directory &
  Carrying & {
    readonly access: RequestsContext["access"];
    readonly grants: Pick<Grants, "areOnePerson">;
    readonly portal: Pick<Portal, "write">;
    readonly byLetter: ByLetter;
    readonly staffMail: StaffMail;
  };

export function openRightsRequests(parts: Parts): Requests {
  const { grants, portal, staffMail, byLetter } = parts;
  const requests: Requests = openRequests({
    ...parts,
    deeds: carriedOutBy(parts),
    areOnePerson: grants.areOnePerson,
    tell: async ({ customerId, requestId, place }, name) => {
      await portal.write({ customerId, name, serves: requestId, zone: requests.clocks.zoneOf(place) });
      await byLetter.write(customerId, (language) => requests.letterOf({ customerId, requestId }, language));
    },
    // To whoever works on it, or to the office.
    remind: ({ requestId: request, assigneeId: instead, dueOn: due }) =>
      staffMail.tellOverseers(parts, { what: "right-due", about: null, instead, values: { request, due } }),
  });
  return requests;
}
