// A room by the recipient's own identity provider: away with sealed state, back with a verified ID token, and then whoever came may open this one room.
import { FederationError, openProvider, type Provider } from "../federation/federation.ts";
import { asId } from "../kernel/ids.ts";
import type { RecipientRow } from "../recipients/recipients.ts";
import type { PackagesContext } from "./context.ts";
import { PackagesError } from "./errors.ts";
import type { PackageRow } from "./package-row.ts";
import { findPackage } from "./waiting-package.ts";
import { type Arrived, openRoomState, sealRoomState } from "./room-state.ts";

/** The path of the way back, which the recipient registers at its provider. */
export const ROOM_CALLBACK = "/v1/rooms/callback";
const NAME_CHARACTERS_MAX = 200;
const SCOPE = "openid profile email";

/** Null where the recipient has none, or does not say what this server is called there. */
function providerOf({ site }: PackagesContext, { content }: RecipientRow): Provider | null {
  const { identityProvider, identityClientId, identityClientSecret: secret } = content;
  if (identityProvider === null || identityClientId === null || !URL.canParse(identityProvider)) return null;
  return openProvider({
    issuer: new URL(identityProvider),
    clientId: identityClientId,
    credential: secret === null ? { isPublic: true } : { secret },
    redirectUri: new URL(ROOM_CALLBACK, site()).href,
    scope: SCOPE,
  });
}

export function providerName({ content }: RecipientRow): string | null {
  const { identityProvider, identityClientId } = content;
  if (identityProvider === null || identityClientId === null || !URL.canParse(identityProvider)) return null;
  return new URL(identityProvider).host;
}

export interface RoomDeparture {
  readonly url: string;
  /** For the browser to bring back. */
  readonly carried: string;
}

/** Throws PackagesError `no-provider`, FederationError `provider-away`. */
export async function departFor(
  context: PackagesContext,
  { row, secret }: { readonly row: PackageRow; readonly secret: string },
): Promise<RoomDeparture> {
  const { recipient } = await context.recipients.file(asId(row.content.recipientId));
  const provider = providerOf(context, recipient);
  if (provider === null) throw new PackagesError("no-provider");
  const { url, ...going } = await provider.go({ stepUpAcr: null });
  const { state, nonce, verifier } = going;
  const atMs = context.clock.now().getTime();
  const left = { step: "leaving", state, nonce, verifier, packageId: row.rowId, secret, atMs } as const;
  return { url: url.href, carried: sealRoomState(context.keys, left) };
}

/** `refused`: the provider's word does not hold; `away`: it does not answer; `lost`: nobody left this way lately, in this browser. */
export type RoomTrouble = "refused" | "away" | "lost";

export interface RoomArrival {
  /** Of the room they came for; null where nobody knows. */
  readonly secret: string | null;
  /** For the browser to show; null where the sign-in does not count. */
  readonly carried: string | null;
  readonly trouble: RoomTrouble | null;
}

/** INVARIANT: the token is checked against the provider that is registered for the recipient now, not one that the browser names. */
export async function arriveFrom(context: PackagesContext, path: string, carried: string | null): Promise<RoomArrival> {
  const now = context.clock.now();
  const left = openRoomState(context.keys, carried, { step: "leaving", now });
  const row = left === null ? null : await findPackage(context, asId(left.packageId));
  if (left === null || row === null) return { secret: null, carried: null, trouble: "lost" };
  const failed = (trouble: RoomTrouble): RoomArrival => ({ secret: left.secret, carried: null, trouble });
  const recipientId = asId(row.content.recipientId);
  const provider = providerOf(context, (await context.recipients.file(recipientId)).recipient);
  if (provider === null) return failed("refused");
  const claims = await provider.comeBack(new URL(path, context.site()), left, null).catch((cause: unknown) => {
    if (!(cause instanceof FederationError)) throw cause;
    return cause.code === "sso-refused" ? ("refused" as const) : ("away" as const);
  });
  if (claims === "refused" || claims === "away") return failed(claims);
  const email = claims["email_verified"] === true ? claims["email"] : undefined;
  const name = (typeof email === "string" ? email : claims.sub).slice(0, NAME_CHARACTERS_MAX);
  const came: Arrived = {
    step: "arrived",
    packageId: row.rowId,
    recipientId,
    issuer: provider.issuer,
    subject: claims.sub.slice(0, NAME_CHARACTERS_MAX),
    name,
    atMs: now.getTime(),
  };
  return { secret: left.secret, carried: sealRoomState(context.keys, came), trouble: null };
}

/** Whoever came back from the provider that is registered still, for this room alone. */
export async function arrivedFor(
  context: PackagesContext,
  row: PackageRow,
  carried: string | null,
): Promise<Arrived | null> {
  const came = openRoomState(context.keys, carried, { step: "arrived", now: context.clock.now() });
  if (came?.packageId !== row.rowId) return null;
  const { recipient } = await context.recipients.file(asId(row.content.recipientId));
  const provider = providerOf(context, recipient);
  return provider?.issuer === came.issuer ? came : null;
}
