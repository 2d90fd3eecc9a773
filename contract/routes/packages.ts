// The operations on packages for third parties: those of staff, and those of whoever holds a link.
import { done, pageOf, pageQuery } from "../common.ts";
import {
  flowParams,
  flowPreviewRequest,
  flowRunRequest,
  flows,
  madePackage,
  openedRoom,
  packageFace,
  packageParams,
  packagePreview,
  packagePreviewRequest,
  packageRequest,
  pickedUp,
  pickUpRequest,
  roomCode,
  roomOpening,
} from "../packages.ts";
import { route } from "../route.ts";
import { tokenAnswer, tokenQuestion } from "../tokens.ts";

const tag = "packages";
const byLink =
  "Needs no token: the link is the secret. Whatever the reason, what cannot be had any longer is not there.";

export const packageRoutes = {
  preview: route({
    id: "previewPackage",
    method: "POST",
    path: "/v1/package-previews",
    tag,
    summary: "What a package would hold, and what is refused and why; nothing is opened",
    body: packagePreviewRequest,
    status: 200,
    answer: packagePreview,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  make: route({
    id: "makePackage",
    method: "POST",
    path: "/v1/packages",
    tag,
    summary: "Send: disclose to a registered recipient, encrypt, and keep it to be picked up once",
    body: packageRequest,
    status: 201,
    answer: madePackage,
    repeatable: "once",
  }),
  list: route({
    id: "listPackages",
    method: "GET",
    path: "/v1/packages",
    tag,
    summary: "What was sent and what became of it: one's own, for oversight all",
    query: pageQuery,
    status: 200,
    answer: pageOf(packageFace),
  }),
  read: route({
    id: "getPackage",
    method: "GET",
    path: "/v1/packages/:packageId",
    tag,
    summary: "How a package stands",
    params: packageParams,
    status: 200,
    answer: packageFace,
  }),
  revoke: route({
    id: "revokePackage",
    method: "DELETE",
    path: "/v1/packages/:packageId",
    tag,
    summary: "Destroy a package before it is picked up",
    params: packageParams,
    status: 200,
    answer: done,
    repeatable: "once",
  }),
} as const;

export const pickUpRoutes = {
  pickUp: route({
    id: "pickUpPackage",
    method: "POST",
    path: "/v1/pick-ups",
    tag,
    summary: "Take a package, once; it is destroyed here",
    description: byLink,
    body: pickUpRequest,
    status: 200,
    answer: pickedUp,
    open: true,
  }),
  askCode: route({
    id: "askRoomCode",
    method: "POST",
    path: "/v1/rooms/codes",
    tag,
    summary: "Have a code sent to the contact that is registered for the recipient",
    description: byLink,
    body: pickUpRequest,
    status: 202,
    answer: roomCode,
    open: true,
  }),
  open: route({
    id: "openRoom",
    method: "POST",
    path: "/v1/rooms/openings",
    tag,
    summary: "Be shown what a room holds, once; it is destroyed here",
    description: byLink,
    body: roomOpening,
    status: 200,
    answer: openedRoom,
    open: true,
  }),
} as const;

export const tokenRoutes = {
  resolve: route({
    id: "resolveToken",
    method: "POST",
    path: "/v1/tokens/resolutions",
    tag,
    summary: "What a token that was given to a third party stands for: a disclosure like any other",
    description: "A token that nobody was given, and one of somebody you are not shown, are answered alike.",
    body: tokenQuestion,
    status: 200,
    answer: tokenAnswer,
    repeatable: "decided-anew",
    rechecked: true,
  }),
} as const;

export const flowRoutes = {
  list: route({
    id: "listFlows",
    method: "GET",
    path: "/v1/flows",
    tag,
    summary: "Recurring flows to third parties, as governance/flows has them",
    status: 200,
    answer: flows,
  }),
  preview: route({
    id: "previewFlow",
    method: "POST",
    path: "/v1/flows/:flow/preview",
    tag,
    summary: "What a run of a flow would send, and what is refused and why; nothing is opened",
    params: flowParams,
    body: flowPreviewRequest,
    status: 200,
    answer: packagePreview,
    repeatable: "decided-anew",
    rechecked: true,
  }),
  run: route({
    id: "runFlow",
    method: "POST",
    path: "/v1/flows/:flow/runs",
    tag,
    summary: "Run a flow: a package of what it names",
    params: flowParams,
    body: flowRunRequest,
    status: 201,
    answer: madePackage,
    repeatable: "once",
  }),
} as const;
