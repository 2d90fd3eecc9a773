// The operations on how customers want to be spoken and written to.
import { customerParams } from "../common.ts";
import { ownPreferences, preferences, preferencesDraft } from "../preferences.ts";
import { route } from "../route.ts";

export const preferenceRoutes = {
  own: route({
    id: "getOwnPreferences",
    method: "GET",
    path: "/v1/portal/preferences",
    tag: "portal",
    summary: "The customer's language, and where they want to be written to",
    status: 200,
    answer: ownPreferences,
  }),
  setOwn: route({
    id: "setOwnPreferences",
    method: "PUT",
    path: "/v1/portal/preferences",
    tag: "portal",
    summary: "Choose a language, or where to be written to instead of every contact on file",
    description:
      "Another address, or paper in place of mail, needs a factor shown just now (`mayAddPasskey` of the session). The old ones are told once, but under a protection order.",
    body: preferencesDraft,
    status: 200,
    answer: ownPreferences,
    repeatable: "once",
  }),
  of: route({
    id: "getPreferences",
    method: "GET",
    path: "/v1/customers/:customerId/preferences",
    tag: "customers",
    summary: "The customer's language, and whether another address is to be used",
    params: customerParams,
    status: 200,
    answer: preferences,
  }),
  setFor: route({
    id: "setPreferences",
    method: "PUT",
    path: "/v1/customers/:customerId/preferences",
    tag: "customers",
    summary: "The same for a caller who was verified, or who wrote to us",
    params: customerParams,
    body: preferencesDraft,
    status: 200,
    answer: preferences,
    repeatable: "once",
  }),
} as const;
