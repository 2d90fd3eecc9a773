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
import { postRoomsOpenings } from "./post-rooms-openings.ts";

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
  postRoomsOpenings,
  postTokensResolutions,
] as const;
