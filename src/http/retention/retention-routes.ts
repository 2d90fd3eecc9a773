// The routes of retention, in one list.
import type { AddRoutes } from "../shell.ts";
import { getCustomersIdErasureCheck } from "./get-customers-id-erasure-check.ts";
import { getHoldsId } from "./get-holds-id.ts";
import { getHolds } from "./get-holds.ts";
import { postHoldsIdPlaces } from "./post-holds-id-places.ts";
import { postHoldsIdReleaseDecision } from "./post-holds-id-release-decision.ts";
import { postHoldsIdRelease } from "./post-holds-id-release.ts";
import { postHolds } from "./post-holds.ts";

export const RETENTION_ROUTES: readonly AddRoutes[] = [
  getCustomersIdErasureCheck,
  getHolds,
  getHoldsId,
  postHolds,
  postHoldsIdPlaces,
  postHoldsIdRelease,
  postHoldsIdReleaseDecision,
];
