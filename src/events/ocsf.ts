// A security event as OCSF JSON: ids and codes, nothing personal, nothing that says where an entry stands in the ledger.
import { CLASSES, type Classified, classify } from "./ocsf-class.ts";
import type { Happening } from "./happening.ts";
import type { Json } from "../kernel/canonical-json.ts";

const OCSF_VERSION = "1.7.0";

type Members = { readonly [key: string]: Json | undefined };

export interface Product {
  readonly version: string;
  /** The ledger's origin. */
  readonly log: string;
}

/** `severity_id` of the schema. */
export const SEVERITY = { informational: 1, low: 2, medium: 3, high: 4, critical: 5 } as const;

export interface SecurityEvent {
  readonly happening: Happening;
  /**
   * The number of the event in its stream, from 1 on, without gaps. INVARIANT: counts what this stream shows, so that it tells a loss to whoever receives
   * it, and nothing of what is withheld.
   */
  readonly sequence: number;
  readonly severityId: number;
  /** One line of ASCII. */
  readonly json: string;
}

export function securityEvent(happening: Happening, sequence: number, product: Product): SecurityEvent {
  const severityId = severityOf(happening);
  const classified = classify(happening);
  const event = {
    ...classification(classified, severityId),
    time: (happening.at ?? 0) * 1000,
    message: messageOf(happening),
    metadata: metadataOf(happening, sequence, product),
    ...statusOf(happening, classified),
    ...controlOf(happening),
    ...contentOf(happening, classified),
    unmapped: unmappedOf(happening),
  };
  return { happening, sequence, severityId, json: asciiJson(event) };
}

function classification({ className, activityId, activityName }: Classified, severityId: number): Members {
  const classUid = CLASSES[className];
  return {
    category_uid: Math.trunc(classUid / 1000),
    class_uid: classUid,
    activity_id: activityId,
    activity_name: activityName,
    type_uid: classUid * 100 + activityId,
    severity_id: severityId,
  };
}

function severityOf({ kind, outcome, basis, action }: Happening): number {
  if (kind === "unreadable" || kind === "log-restart") return SEVERITY.critical;
  if (kind === "verification" && outcome === "failed") return SEVERITY.critical;
  if (isAlert({ kind, basis, action })) return SEVERITY.high;
  if (outcome === "denied" || outcome === "failed") return SEVERITY.low;
  return SEVERITY.informational;
}

function messageOf({ kind, outcome, action }: Happening): string {
  if (kind === "unreadable") return "an entry of the ledger is not what its leaf commits to";
  return [action ?? kind, outcome].filter((part) => part !== null).join(" ");
}

function metadataOf({ entryId, kind }: Happening, sequence: number, { version, log }: Product): Members {
  return {
    version: OCSF_VERSION,
    product: { name: "Uberrima", vendor_name: "Uberrima", version },
    uid: entryId,
    event_code: kind,
    log_name: log,
    sequence,
    profiles: ["security_control"],
  };
}

const SUCCESS = 1;
const FAILURE = 2;
const NEW = 1;
const RESOLVED = 4;
/** The activity of findings. */
const CLOSED = 3;

function statusOf({ outcome, refused }: Happening, { className, activityId }: Classified): Members {
  if (className === "detectionFinding" || className === "dataSecurityFinding")
    return { status_id: activityId === CLOSED ? RESOLVED : NEW };
  const failed = outcome === "denied" || outcome === "failed";
  return {
    status_id: failed ? FAILURE : SUCCESS,
    status_code: refused ?? outcome ?? undefined,
  };
}

/** What somebody is to look at: emergency access, what the watch found odd, what was tampered with. */
function isAlert({ kind, basis, action }: Pick<Happening, "kind" | "basis" | "action">): boolean {
  return (
    basis === "emergency" || kind === "unreadable" || action === "alert.raise" || EMERGENCIES.includes(action ?? "")
  );
}

/** Opening emergency access by itself. */
const EMERGENCIES: readonly string[] = ["break-glass.open"];

/** The profile security_control: what the gate did. */
function controlOf({ outcome, basis, kind, action }: Happening): Members {
  const denied = outcome === "denied";
  const alert = isAlert({ kind, basis, action });
  return {
    action_id: denied ? 2 : 1,
    disposition_id: denied ? 2 : 1,
    ...(alert ? { is_alert: true } : {}),
  };
}

/** The ledger holds no addresses: an address is personal data, and the edge in front of the server logs it. */
const SRC_ENDPOINT = { name: "not-recorded" };
const UNKNOWN_USER = { name: "unknown" };
const RELATIONAL = 1;

function contentOf(happening: Happening, { className }: Classified): Members {
  const actor = actorOf(happening);
  switch (className) {
    case "authentication":
      return {
        actor,
        user: userOf(happening.targets[0] ?? happening.actor),
        service: { name: "uberrima" },
        is_mfa: isMfa(happening),
      };
    case "accountChange":
      return { actor, user: userOf(happening.targets[0] ?? null) };
    case "userAccess":
      return {
        actor,
        user: userOf(happening.targets[0] ?? null),
        privileges: [happening.action ?? happening.kind],
        resources: resourcesOf(happening),
      };
    case "apiActivity":
      return {
        actor,
        api: { operation: happening.action ?? happening.kind },
        src_endpoint: SRC_ENDPOINT,
        resources: resourcesOf(happening),
      };
    case "datastoreActivity":
      return { actor, database: { name: "vault", type_id: RELATIONAL }, src_endpoint: SRC_ENDPOINT };
    case "detectionFinding":
    case "dataSecurityFinding":
      return {
        finding_info: { uid: happening.entryId, title: messageOf(happening) },
        resources: resourcesOf(happening),
      };
  }
}

function userOf(id: string | null): Members {
  return id === null ? UNKNOWN_USER : { uid: id };
}

function actorOf({ actor }: Happening): Members {
  return { user: userOf(actor) };
}

const STRONG = ["totp", "passkey", "sso"];

function isMfa({ methods }: Happening): boolean {
  return methods.includes("passkey") || (methods.length > 1 && methods.some((method) => STRONG.includes(method)));
}

function resourcesOf({ customers, targets, recipient }: Happening): readonly Json[] | undefined {
  const resources = [
    ...customers.map((uid) => ({ uid, type: "customer" })),
    ...targets.map((uid) => ({ uid, type: "row" })),
    ...(recipient === null ? [] : [{ uid: recipient, type: "recipient" }]),
  ];
  return resources.length === 0 ? undefined : resources;
}

/** What the schema has no name for, in the words of the ledger. */
function unmappedOf(happening: Happening): Members {
  const { purpose, basis, classes, role, action, customers, customersCount, withheld, outcome } = happening;
  return {
    outcome: outcome ?? undefined,
    purpose: purpose ?? undefined,
    basis: basis ?? undefined,
    role: role ?? undefined,
    action: action ?? undefined,
    classes: classes.length === 0 ? undefined : [...classes],
    customers: customers.length === 0 ? undefined : [...customers],
    customers_count: customersCount === 0 ? undefined : customersCount,
    methods: happening.methods.length === 0 ? undefined : [...happening.methods],
    // Only streams that are cleared for it ever show one.
    withheld: withheld ? true : undefined,
  };
}

/** Members in the order given. Everything in it is ASCII already; JSON keeps it so. */
function asciiJson(event: Members): string {
  const text = JSON.stringify(event);
  if (!/^[\x20-\x7e]*$/.test(text)) throw new TypeError("an event holds a word that no closed list has");
  return text;
}
