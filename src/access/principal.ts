// What a principal is: an API client, a customer, or the server itself.
import type { Uuid } from "../kernel/bytes.ts";
import type { DataClass, LineOfBusiness, Purpose, Role } from "../kernel/vocabulary.ts";
import type { RowScope } from "./roles.ts";

export type PrincipalKind = "client" | "customer" | "staff" | "system";
/** Pending: asked for, and not yet approved by a second person. On leave: rights rest until the return. Suspended: stopped. Revoked: ended for good. */
export type PrincipalStatus = "pending" | "active" | "on-leave" | "suspended" | "revoked";

/** What a principal may reach for; every part of it is under the row's MAC. */
export interface Scope {
  readonly purposes: readonly Purpose[];
  readonly rowScope: RowScope;
  /** Books, blocks and teams. A record's unit names its book; an assignment may name a team as its assignee. */
  readonly groups: readonly Uuid[];
  /** Legal entities, all of them: an empty list reaches none. */
  readonly entities: readonly string[];
  readonly lines: readonly LineOfBusiness[];
  /** No class outside this list whatever the policies say; null leaves it to the policies. */
  readonly classCeiling: readonly DataClass[] | null;
  readonly expiresAt: Date | null;
}

export interface Principal extends Scope {
  readonly principalId: Uuid;
  readonly kind: PrincipalKind;
  readonly role: Role;
  /** Whose file is its own: set for customers, and for nobody else. */
  readonly customerId: Uuid | null;
  readonly status: PrincipalStatus;
  /** One higher at every change; decisions carry it and the ledger checks it again. */
  readonly revision: number;
  /** The ledger entry that made this revision. */
  readonly act: Uuid;
}

export const SIGN_IN_METHODS = [
  "password",
  "totp",
  "passkey",
  "recovery-code",
  "invitation",
  "sso",
  "one-time-code",
  "token-exchange",
] as const;
export type SignInMethod = (typeof SIGN_IN_METHODS)[number];

/** How somebody proved who they are, in the session the request came with. */
export interface SignIn {
  readonly sessionId: Uuid;
  readonly methods: readonly SignInMethod[];
  readonly at: Date;
  /** When a second factor or a passkey was last shown; null when none was. */
  readonly strongAt: Date | null;
  /** When a passkey with user verification was last shown, or its like at a provider that says so. */
  readonly phishingResistantAt: Date | null;
}

/** A principal whose row verified, whose secret or session was right, and which is active and unexpired. */
export interface Authenticated extends Principal {
  /** Null for API clients, which prove themselves by what only a machine holds. INVARIANT: of staff and customers, null is no sign-in at all. */
  readonly signIn: SignIn | null;
  /**
   * The client through which this person acts, by a token exchanged for theirs (RFC 8693); absent where whoever it is acts directly. INVARIANT: the
   * scope is no wider then than the client's own.
   */
  readonly via?: Uuid;
  /** Of that client. INVARIANT: what its role may not do it does not do in a person's name either. */
  readonly viaRole?: Role;
}

/** Who acts; what every write of this domain asks for. */
export type Actor = Pick<Principal, "principalId" | "kind" | "role" | "purposes" | "groups" | "revision"> &
  Pick<Authenticated, "via" | "viaRole">;

/** What an entry's detail says of the client through which a person acts. */
export function viaOf({ via }: Pick<Authenticated, "via">): { readonly via?: Uuid } {
  return via === undefined ? {} : { via };
}

/** Active and not expired at `now`. */
export function isInForce(principal: Pick<Principal, "status" | "expiresAt">, now: Date): boolean {
  return principal.status === "active" && (principal.expiresAt === null || now < principal.expiresAt);
}
