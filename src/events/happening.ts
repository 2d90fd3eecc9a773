// What an entry of the ledger says in ids and codes alone: everything that a security event may be made of.
import { ACTIONS, type Action } from "../access/access.ts";
import type { Uuid } from "../kernel/bytes.ts";
import type { Json } from "../kernel/canonical-json.ts";
import { parseId } from "../kernel/ids.ts";
import {
  BASES,
  type Basis,
  DATA_CLASSES,
  type DataClass,
  type Flag,
  FLAGS,
  PURPOSES,
  type Purpose,
  type Role,
  ROLES,
} from "../kernel/vocabulary.ts";
import { ENTRY_KINDS, type EntryKind, type Outcome, OUTCOMES, type TailEntry } from "../ledger/ledger.ts";

/** `other` is a kind of a newer server's; `unreadable` an entry whose detail is not the one that its leaf commits to. */
export type HappeningKind = EntryKind | "other" | "unreadable";

export interface Happening {
  readonly entryId: Uuid;
  readonly kind: HappeningKind;
  /** Whole seconds since the Unix epoch; null when it is not known. */
  readonly at: number | null;
  readonly outcome: Outcome | null;
  readonly actor: Uuid | null;
  /** The first few, and how many in all. */
  readonly customers: readonly Uuid[];
  readonly customersCount: number;
  readonly recipient: Uuid | null;
  readonly purpose: Purpose | null;
  readonly basis: Basis | null;
  readonly classes: readonly DataClass[];
  readonly withheld: boolean;
  /** What a customer was marked with, or is no more. */
  readonly flag: Flag | null;
  readonly role: Role | null;
  readonly action: Action | null;
  readonly refused: string | null;
  /** Principals and other rows that an act was about. */
  readonly targets: readonly Uuid[];
  readonly methods: readonly string[];
  /** The request, authorization or package that it is of. */
  readonly about: Uuid | null;
  /** How that stands then, where the entry says so in a word of ours. */
  readonly stands: (typeof STANDS)[number] | null;
}

const LISTED_MAX = 10;
/** Why an attempt was refused, as src/access says it. */
const REFUSALS = ["not-permitted", "own-authority"] as const;
/** How somebody signed in, as a session says it. */
const METHODS = ["password", "totp", "passkey", "recovery-code", "sso", "one-time-code", "token-exchange"] as const;

/** Of an authorization, and of a package. */
const STANDS = ["given", "refused", "picked-up", "revoked", "expired"] as const;

type Members = { readonly [key: string]: Json | undefined };

/**
 * INVARIANT: only ids and words of closed lists come out, whatever the detail holds: free text and values never become part of an event. The columns of
 * the entry are not looked at, since the database's operator can change them.
 */
export function happeningOf({ entryId, detail }: TailEntry): Happening {
  if (detail === null) return { ...NOTHING, entryId, kind: "unreadable" };
  const customers = customersOf(detail);
  return {
    entryId,
    kind: word(ENTRY_KINDS, detail["kind"]) ?? "other",
    at: typeof detail["at"] === "number" ? detail["at"] : null,
    outcome: word(OUTCOMES, detail["outcome"]),
    actor: id(detail["actor"]),
    customers: customers.slice(0, LISTED_MAX),
    customersCount: customers.length,
    recipient: id(detail["recipient"]),
    purpose: word(PURPOSES, detail["purpose"]),
    basis: word(BASES, detail["basis"]),
    classes: words(DATA_CLASSES, detail["classes"]),
    // Of what does not say that it may be known, it is taken that it may not.
    withheld: detail["withheld"] !== false,
    flag: word(FLAGS, members(detail["flag"])["kind"]),
    role: word(ROLES, detail["role"]),
    action: word(ACTIONS, detail["action"]),
    refused: word(REFUSALS, detail["refused"]),
    targets: targetsOf(detail).slice(0, LISTED_MAX),
    methods: words(METHODS, detail["methods"]),
    about: aboutOf(detail),
    stands:
      word(STANDS, detail["answer"]) ??
      word(STANDS, detail["state"]) ??
      (id(detail["renews"]) === null ? null : "given"),
  };
}

const NOTHING: Omit<Happening, "entryId" | "kind"> = {
  at: null,
  outcome: null,
  actor: null,
  customers: [],
  customersCount: 0,
  recipient: null,
  purpose: null,
  basis: null,
  classes: [],
  // Nobody knows what it was about: that something was tampered with is for everybody to know.
  withheld: false,
  flag: null,
  role: null,
  action: null,
  refused: null,
  targets: [],
  methods: [],
  about: null,
  stands: null,
};

const KINDS_ABOUT: ReadonlySet<unknown> = new Set(["right", "authorization", "package"] satisfies EntryKind[]);

function aboutOf(detail: Members): Uuid | null {
  if (!KINDS_ABOUT.has(detail["kind"])) return null;
  return id(detail["request"]) ?? id(detail["authorization"]) ?? id(detail["package"]);
}

function customersOf(detail: Members): Uuid[] {
  const one = id(detail["customer"]);
  const several = list(detail["subjects"]).map((subject) => id(members(subject)["customer"]));
  return [...new Set([one, ...several].filter((found) => found !== null))];
}

/** Whose rights it was about, what was written, and what was refused. Rows of customers are named elsewhere. */
function targetsOf(detail: Members): Uuid[] {
  const principal = id(detail["principal"]) ?? id(members(detail["principal"])["id"]);
  const written = list(detail["authority"])
    .map(members)
    .filter((row) => row["row"] !== "customer")
    .map((row) => id(row["id"]));
  const refused = list(detail["targets"]).map(id);
  return [...new Set([principal, ...written, ...refused].filter((found) => found !== null))];
}

function list(value: Json | undefined): readonly Json[] {
  return Array.isArray(value) ? (value as readonly Json[]) : [];
}

function members(value: Json | undefined): Members {
  return typeof value === "object" && value !== null && !Array.isArray(value) ? (value as Members) : {};
}

function id(value: Json | undefined): Uuid | null {
  return typeof value === "string" ? parseId(value) : null;
}

function word<Word extends string>(known: readonly Word[], value: Json | undefined): Word | null {
  return known.find((each) => each === value) ?? null;
}

function words<Word extends string>(known: readonly Word[], value: Json | undefined): Word[] {
  const given = list(value);
  return known.filter((each) => given.includes(each));
}
