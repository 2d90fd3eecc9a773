// Packages for third parties: made through the gate, encrypted to the recipient's key or shown once in a room, revocable until picked up.
import type { AlsoWrite, Authenticated } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { endPackage } from "./change-package.ts";
import { type FlowRun, previewFlow, type PreviewedFlow, runFlow } from "./run-flow.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";
import type { Flow } from "./flows.ts";
import { makePackage, type MadePackage, type PackageQuestion, type PackageRequest } from "./make-package.ts";
import { PACKAGE, type PackageRow, type PackageState } from "./package-row.ts";
import { openPackageRoom, type OpenedRoom, type RoomWays, type ShownForRoom, waysInto } from "./open-room.ts";
import { type PickedUp, pickUp, sendCode } from "./pick-up.ts";
import { addRoomPasskey, type NewRoomPasskey } from "./room-passkeys.ts";
import { arriveFrom, departFor, type RoomArrival, type RoomDeparture } from "./room-provider.ts";
import { sweep } from "./sweep.ts";
import { findPackage, waitingPackage } from "./waiting-package.ts";
import { previewPackage, type PreviewedCustomer } from "./preview-package.ts";

export { type Flow, loadFlows } from "./flows.ts";
export type { Contents, Enclosed } from "./contents.ts";
export { PackagesError, type PackagesErrorCode } from "./errors.ts";
export type { MadePackage, PackageQuestion, PackageRequest, Wanted } from "./make-package.ts";
export type { PackageRow, PackageState } from "./package-row.ts";
export type { OpenedRoom, RoomWays, ShownForRoom } from "./open-room.ts";
export type { PickedUp } from "./pick-up.ts";
export { ROOM_CALLBACK } from "./room-provider.ts";
export type { PreviewedCustomer } from "./preview-package.ts";
export { aboutCheck, sayCheck } from "./flow-check.ts";
export type { FlowRun, PreviewedFlow } from "./run-flow.ts";

export interface PackagePage {
  readonly items: readonly PackageRow[];
  readonly next: Uuid | null;
}

/** All throw PackagesError; writes AccessError `not-permitted` (recorded), `stale-actor`. */
export interface Packages {
  preview(asker: Authenticated, asked: PackageQuestion): Promise<readonly PreviewedCustomer[]>;
  make(asker: Authenticated, asked: PackageRequest, also?: AlsoWrite): Promise<MadePackage>;
  flows(): readonly Flow[];
  previewFlow(
    asker: Authenticated,
    run: Omit<FlowRun, "delivery" | "mayDownload" | "lifetimeHours">,
  ): Promise<PreviewedFlow>;
  /** Throws PackagesError `unknown-flow`, `not-for-recipient`, `checks-failed`, and what `make` throws. */
  runFlow(asker: Authenticated, run: FlowRun, also?: AlsoWrite): Promise<MadePackage>;
  /** The newest first. Oversight sees all, others their own. */
  page(asker: Authenticated, page: PageQuestion): Promise<PackagePage>;
  /** Throws PackagesError `unknown-package`, also for another's. */
  read(asker: Authenticated, packageId: Uuid): Promise<PackageRow>;
  /** Before it is picked up: by whoever made it, or by oversight. */
  revoke(asker: Authenticated, packageId: Uuid, also?: AlsoWrite): Promise<Uuid>;
  /** By whoever holds the link: once. */
  pickUp(secret: string): Promise<PickedUp>;
  sendCode(secret: string): Promise<Date>;
  openRoom(secret: string, shown: ShownForRoom): Promise<OpenedRoom>;
  /** `carried`: what the browser brought back from the recipient's identity provider. */
  waysInto(secret: string, carried: string | null): Promise<RoomWays>;
  addPasskey(asked: NewRoomPasskey): Promise<Uuid>;
  /** Away to the recipient's identity provider. Throws PackagesError `no-provider`, FederationError `provider-away`. */
  depart(secret: string): Promise<RoomDeparture>;
  /** `path`: with its query, as the provider sent the browser back to it. Throws PackagesError `sign-in-refused`, FederationError `provider-away`. */
  arrive(path: string, carried: string | null): Promise<RoomArrival>;
  /** For the background: destroys what nobody picked up in time, and what holds anything that was erased since. */
  sweep(signal?: AbortSignal): Promise<void>;
}

export interface PageQuestion {
  readonly after: Uuid | null;
  readonly limit: number;
  readonly state?: PackageState | undefined;
  readonly recipientId?: Uuid | undefined;
}

const SCANNED_MAX = 2000;
const PAGE = 200;

export function openPackages(context: PackagesContext): Packages {
  return {
    preview: (asker, asked) => previewPackage(context, asker, asked),
    make: (asker, asked, also) => makePackage(context, asker, asked, also),
    flows: () => [...context.flows.values()],
    previewFlow: (asker, run) => previewFlow(context, asker, run),
    runFlow: (asker, run, also) => runFlow(context, asker, run, also),
    page: (asker, page) => pageOf(context, asker, page),
    read: (asker, packageId) => read(context, asker, packageId),
    revoke: async (asker, packageId, also) => {
      const row = await read(context, asker, packageId);
      const by = { state: "revoked", action: "package.stop", actor: asker } as const;
      return endPackage(context, row, { ...by, ...(also === undefined ? {} : { also }) });
    },
    pickUp: (secret) => pickUp(context, secret),
    sendCode: (secret) => sendCode(context, secret),
    openRoom: (secret, shown) => openPackageRoom(context, secret, shown),
    waysInto: (secret, carried) => waysInto(context, secret, carried),
    addPasskey: (asked) => addRoomPasskey(context, asked),
    depart: async (secret) => departFor(context, { row: await waitingPackage(context, secret, "room"), secret }),
    arrive: (path, carried) => arriveFrom(context, path, carried),
    sweep: (signal) => sweep(context, signal),
  };
}

function maySee({ access }: PackagesContext, asker: Authenticated, row: PackageRow): boolean {
  return row.content.madeBy === asker.principalId || access.may(asker, "package.oversee");
}

async function read(context: PackagesContext, asker: Authenticated, packageId: Uuid): Promise<PackageRow> {
  const row = await findPackage(context, packageId);
  if (row === null || !maySee(context, asker, row)) throw new PackagesError("unknown-package");
  return row;
}

async function pageOf(
  context: PackagesContext,
  asker: Authenticated,
  { after, limit, ...wanted }: PageQuestion,
): Promise<PackagePage> {
  const items: PackageRow[] = [];
  let from = after;
  for (let scanned = 0; scanned < SCANNED_MAX; scanned += PAGE) {
    const page = { state: "live", after: from, limit: PAGE, isNewestFirst: true } as const;
    const { rows, next } = await context.authority.page(context.database, PACKAGE, page);
    for (const row of rows) {
      if (isWanted(row, wanted) && maySee(context, asker, row)) items.push(row);
      if (items.length === limit) return { items, next: row.rowId };
    }
    if (next === null) return { items, next: null };
    from = next;
  }
  return { items, next: from };
}

function isWanted(
  { content }: PackageRow,
  { state, recipientId }: Pick<PageQuestion, "state" | "recipientId">,
): boolean {
  return (state ?? content.state) === content.state && (recipientId ?? content.recipientId) === content.recipientId;
}
