// The routes of packages for third parties, in one list.
import { deletePackagesId } from "./delete-packages-id.ts";
import { getFlows } from "./get-flows.ts";
import { postFlowsPreview } from "./post-flows-preview.ts";
import { postFlowsRuns } from "./post-flows-runs.ts";
import { getPackagesId } from "./get-packages-id.ts";
import { getPackages } from "./get-packages.ts";
import { postPackagePreviews } from "./post-package-previews.ts";
import { postPackages } from "./post-packages.ts";
import { postPickUps } from "./post-pick-ups.ts";
import { postRoomsCodes } from "./post-rooms-codes.ts";
import { postTokensResolutions } from "./post-tokens-resolutions.ts";
import { getRoomsCallback } from "./get-rooms-callback.ts";
import { postRoomsOpenings } from "./post-rooms-openings.ts";
import { postRoomsPasskeys } from "./post-rooms-passkeys.ts";
import { postRoomsWays } from "./post-rooms-ways.ts";

export const PACKAGE_ROUTES = [
  deletePackagesId,
  getFlows,
  postFlowsPreview,
  postFlowsRuns,
  getPackagesId,
  getPackages,
  postPackagePreviews,
  postPackages,
  postPickUps,
  postRoomsCodes,
  getRoomsCallback,
  postRoomsOpenings,
  postRoomsPasskeys,
  postRoomsWays,
  postTokensResolutions,
] as const;
