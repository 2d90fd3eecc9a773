// The routes of those who are to be told of something, in one list.
import type { AddRoutes } from "../shell.ts";
import { getCustomersIdTellings } from "./get-customers-id-tellings.ts";
import { getPortalTellings } from "./get-portal-tellings.ts";
import { getTellings } from "./get-tellings.ts";
import { postTellingsIdSteps } from "./post-tellings-id-steps.ts";

export const TELLING_ROUTES: readonly AddRoutes[] = [
  getCustomersIdTellings,
  getPortalTellings,
  getTellings,
  postTellingsIdSteps,
];
