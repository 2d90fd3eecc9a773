// Which class and activity of the Open Cybersecurity Schema Framework an entry of the ledger is (schema.ocsf.io, version 1.7.0).
import type { Happening, HappeningKind } from "./happening.ts";

/** Class ids: a category's id times a thousand, and the class within it. */
export const CLASSES = {
  authentication: 3002,
  accountChange: 3001,
  userAccess: 3005,
  apiActivity: 6003,
  datastoreActivity: 6005,
  dataSecurityFinding: 2006,
  detectionFinding: 2004,
} as const;
export type ClassName = keyof typeof CLASSES;

export interface Classified {
  readonly className: ClassName;
  readonly activityId: number;
  /** Ours, where the schema has no activity that fits. */
  readonly activityName?: string;
}

const OTHER = 99;
const API = { create: 1, read: 2, update: 3 } as const;
const DATASTORE = { read: 1, update: 2, query: 4, write: 5, create: 6, delete: 7 } as const;
const ACCOUNT = {
  create: 1,
  enable: 2,
  passwordChange: 3,
  passwordReset: 4,
  disable: 5,
  delete: 6,
  lock: 9,
  factorEnable: 10,
  factorDisable: 11,
  unlock: 12,
} as const;
const FINDING = { create: 1, update: 2, close: 3 } as const;
const ACCESS = { assign: 1, revoke: 2 } as const;
const AUTHENTICATION = { logon: 1, logoff: 2 } as const;

type Rule = Classified | ((happening: Happening) => Classified);

const api = (activity: keyof typeof API): Classified => ({ className: "apiActivity", activityId: API[activity] });
const datastore = (activity: keyof typeof DATASTORE): Classified => ({
  className: "datastoreActivity",
  activityId: DATASTORE[activity],
});

/** Every kind of entry, so that a new one does not compile before somebody has thought of what it is to others. */
const RULES: Readonly<Record<HappeningKind, Rule>> = {
  disclosure: datastore("read"),
  search: datastore("query"),
  "masked-view": datastore("read"),
  "record-create": datastore("create"),
  "record-correct": datastore("update"),
  import: datastore("write"),
  link: datastore("update"),
  erasure: datastore("delete"),
  "erasure-final": datastore("delete"),
  "customer-create": datastore("create"),
  "match-decision": datastore("update"),
  "unit-change": datastore("update"),
  backup: datastore("read"),
  principal: accountChange,
  assignment: userAccess,
  flag: api("update"),
  "policy-set": api("update"),
  "key-rotation": api("update"),
  "accounting-read": api("read"),
  "opening-read": api("read"),
  "ledger-read": api("read"),
  "link-read": api("read"),
  "flag-read": api("read"),
  "match-read": api("read"),
  verification: ({ outcome }) =>
    outcome === "failed" ? { className: "dataSecurityFinding", activityId: FINDING.create } : api("read"),
  "log-restart": { className: "dataSecurityFinding", activityId: FINDING.create },
  "sign-in": { className: "authentication", activityId: AUTHENTICATION.logon },
  session: authentication,
  credential: accountChange,
  grant: userAccess,
  review: api("update"),
  alert: detection,
  "caller-check": api("create"),
  attestation: api("create"),
  recipient: api("update"),
  package: datastore("read"),
  preview: datastore("query"),
  copy: datastore("read"),
  export: datastore("read"),
  webhook: api("update"),
  ethics: api("update"),
  report: api("update"),
  letter: datastore("read"),
  case: api("create"),
  preference: datastore("update"),
  authorization: userAccess,
  demand: api("update"),
  choice: datastore("update"),
  notice: api("create"),
  hold: api("update"),
  retention: api("update"),
  fulfilment: datastore("read"),
  right: datastore("update"),
  other: { className: "apiActivity", activityId: OTHER, activityName: "other" },
  unreadable: { className: "dataSecurityFinding", activityId: FINDING.create },
};

export function classify(happening: Happening): Classified {
  const rule = RULES[happening.kind];
  return typeof rule === "function" ? rule(happening) : rule;
}

function detection({ action }: Happening): Classified {
  if (action === "alert.raise") return { className: "detectionFinding", activityId: FINDING.create };
  if (action === "alert.decide") return { className: "detectionFinding", activityId: FINDING.close };
  return { className: "detectionFinding", activityId: FINDING.update };
}

function authentication({ action }: Happening): Classified {
  if (action === "session.end") return { className: "authentication", activityId: AUTHENTICATION.logoff };
  if (action === "session.start") return { className: "authentication", activityId: AUTHENTICATION.logon };
  return { className: "authentication", activityId: OTHER, activityName: action ?? "session" };
}

/** By the last word of the action, such as `client.revoke`. */
const ACCOUNT_ACTIVITIES: Readonly<Record<string, keyof typeof ACCOUNT>> = {
  create: "create",
  enrol: "create",
  resume: "enable",
  suspend: "disable",
  revoke: "delete",
  "rotate-secret": "passwordChange",
};

function accountChange({ action }: Happening): Classified {
  const activity = ACCOUNT_ACTIVITIES[action?.split(".").at(-1) ?? ""];
  if (activity !== undefined) return { className: "accountChange", activityId: ACCOUNT[activity] };
  return { className: "accountChange", activityId: OTHER, activityName: action ?? "change" };
}

/** By the last word of the action, such as `assignment.end`. */
const ENDING: readonly string[] = ["end", "revoke", "cancel"];
const ASSIGNING: readonly string[] = ["create", "approve", "open", "make"];

function userAccess({ action }: Happening): Classified {
  const step = action?.split(".").at(-1) ?? "";
  if (ENDING.includes(step)) return { className: "userAccess", activityId: ACCESS.revoke };
  if (ASSIGNING.includes(step)) return { className: "userAccess", activityId: ACCESS.assign };
  // Asking for a right, and looking back on one, gives nobody anything.
  return { className: "userAccess", activityId: OTHER, activityName: action ?? "change" };
}
