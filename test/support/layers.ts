// The architecture as data: which part may import which, and through which files.
export interface Layer {
  readonly mayImport: readonly string[];
  /** The files outsiders may import; by default the one named like the folder. */
  readonly doors?: readonly string[];
}

const ABOVE_POSTGRES = ["src/kernel", "src/postgres"];
/** Rows of customers, and what is known of their files. */
const FILES = [...ABOVE_POSTGRES, "src/keys", "src/authority", "src/access", "src/vault"];
/** What customers prove by a code to an address. */
const BY_CODE = [...FILES, "src/ledger", "src/codes", "src/mail", "src/disclosure", "src/preferences"];
/** Papers that entitle somebody. */
const ON_FILE = [...ABOVE_POSTGRES, "src/authority", "src/access", "src/ledger", "src/vault", "src/disclosure"];
const DOMAINS = [
  ...ABOVE_POSTGRES,
  "src/guard",
  "src/mail",
  "src/keys",
  "src/ledger",
  "src/vault",
  "src/vault/schema",
  "src/import",
  "src/feeds",
  "src/authority",
  "src/access",
  "src/signin",
  "src/grants",
  "src/federation",
  "src/codes",
  "src/portal",
  "src/accounting",
  "src/authorizations",
  "src/demands",
  "src/choices",
  "src/notices",
  "src/rounds",
  "src/cases",
  "src/clocks",
  "src/retention",
  "src/requests",
  "src/documents",
  "src/fulfilment",
  "src/preferences",
  "src/systems",
  "src/representation",
  "src/recipients",
  "src/packages",
  "src/tokens",
  "src/disclosure",
  "src/callers",
  "src/changes",
  "src/watch",
  "src/operations",
  "src/events",
  "src/downstream",
  "src/letters",
  "src/tellings",
  "src/calendar",
  "src/ethics",
  "src/reports",
  "src/reviews",
  "src/work",
];

/** A file belongs to the longest path that fits. Everything in src must be named here. */
export const LAYERS: Readonly<Record<string, Layer>> = {
  "src/kernel": { mayImport: [], doors: ["*"] },
  "src/postgres": { mayImport: ["src/kernel"], doors: ["postgres.ts", "database.ts", "sql.ts", "counter-store.ts"] },
  "src/guard": { mayImport: ["src/kernel"] },
  // Pure: rules of law and dates.
  "src/clocks": { mayImport: ["src/kernel"] },
  "src/mail": { mayImport: ABOVE_POSTGRES },
  "src/keys": { mayImport: ABOVE_POSTGRES },
  "src/ledger": { mayImport: ABOVE_POSTGRES },
  // What can be held, as data: whoever brings data in reads its registry, normalises by it and speaks its words.
  "src/vault/schema": {
    mayImport: ["src/kernel"],
    doors: ["schema.ts", "registry.ts", "normalise.ts", "origins.ts", "vocabulary.ts"],
  },
  "src/vault": { mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/vault/schema"] },
  // Keys: only for the keyed digests of files and source keys.
  "src/import": { mayImport: [...ABOVE_POSTGRES, "src/vault", "src/vault/schema", "src/keys", "src/ledger"] },
  "src/feeds": {
    mayImport: [...ABOVE_POSTGRES, "src/vault", "src/import", "src/authority", "src/access"],
  },
  // Rows that grant or prove something, of whatever kind.
  "src/authority": { mayImport: [...ABOVE_POSTGRES, "src/keys"] },
  "src/access": { mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/authority"] },
  // Systems: tokens for keys and certificates, acting for persons, ceilings.
  "src/systems": {
    mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/authority", "src/access", "src/signin"],
  },
  "src/federation": {
    mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/authority", "src/access", "src/signin"],
  },
  "src/signin": { mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/authority", "src/access"] },
  // One-time codes, for whoever asks somebody to prove that they hold a contact.
  "src/codes": { mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger"] },
  "src/representation": {
    mayImport: [...ABOVE_POSTGRES, "src/authority", "src/access", "src/vault"],
  },
  // Instead of values; which were given, by keyed digests.
  "src/tokens": { mayImport: [...ABOVE_POSTGRES, "src/keys"] },
  // To whom something may be given; the gate is told by a function of its own shape.
  "src/recipients": {
    mayImport: [...ABOVE_POSTGRES, "src/tokens", "src/authority", "src/access", "src/disclosure"],
  },
  // What leaves for recipients; opened by the gate alone.
  "src/packages": {
    mayImport: [
      ...ABOVE_POSTGRES,
      "src/keys",
      "src/authority",
      "src/access",
      "src/codes",
      "src/signin",
      "src/federation",
      "src/mail",
      "src/vault",
      "src/recipients",
      "src/disclosure",
    ],
  },
  "src/callers": {
    mayImport: [...BY_CODE, "src/representation"],
  },
  "src/changes": { mayImport: BY_CODE },
  // Reads the ledger back to the customer it is about; values are opened by nobody here.
  "src/accounting": {
    mayImport: [...ABOVE_POSTGRES, "src/access", "src/ledger", "src/vault", "src/disclosure"],
  },
  "src/preferences": {
    mayImport: [
      ...ABOVE_POSTGRES,
      "src/keys",
      "src/ledger",
      "src/authority",
      "src/access",
      "src/mail",
      "src/vault",
      "src/disclosure",
    ],
  },
  // What customers agreed to; the gate is told by a function of its own shape.
  "src/authorizations": {
    mayImport: [...ON_FILE, "src/tellings"],
  },
  // What customers say no to, as flags of theirs; and what they were told.
  "src/choices": { mayImport: [...ABOVE_POSTGRES, "src/access", "src/keys", "src/ledger"] },
  "src/notices": { mayImport: [...FILES, "src/mail", "src/preferences"] },
  // Notices to many at once: who is due, what two people approved, and the letters and mails of it.
  "src/rounds": { mayImport: [...FILES, "src/ledger", "src/preferences", "src/letters", "src/notices"] },
  // What courts and authorities ask for; as authorizations.
  "src/demands": {
    mayImport: [...ON_FILE, "src/mail", "src/preferences", "src/letters"],
  },
  "src/cases": {
    mayImport: [
      ...ABOVE_POSTGRES,
      "src/keys",
      "src/authority",
      "src/access",
      "src/vault",
      "src/disclosure",
      "src/accounting",
    ],
  },
  // Papers in customers' files: written with their record, shown once the gate has disclosed it.
  "src/documents": { mayImport: [...ABOVE_POSTGRES, "src/access", "src/vault", "src/disclosure"] },
  // Packages for whoever asks what is held; values come from the gate alone.
  "src/fulfilment": {
    mayImport: [...ABOVE_POSTGRES, "src/authority", "src/access", "src/vault", "src/disclosure", "src/documents"],
  },
  // What may be erased and what may not; the vault erases.
  "src/retention": {
    mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/authority", "src/access", "src/vault"],
  },
  "src/requests": {
    mayImport: [
      ...ABOVE_POSTGRES,
      "src/clocks",
      "src/keys",
      "src/authority",
      "src/access",
      "src/vault",
      "src/disclosure",
      "src/tellings",
    ],
  },
  // Telling those who were given something: by mail and by letter, which hold nothing of the customer's.
  "src/tellings": {
    mayImport: [...ABOVE_POSTGRES, "src/clocks", "src/authority", "src/access", "src/mail", "src/letters"],
  },
  "src/portal": {
    mayImport: [
      ...ABOVE_POSTGRES,
      "src/keys",
      "src/ledger",
      "src/authority",
      "src/access",
      "src/signin",
      "src/codes",
      "src/mail",
      "src/vault",
      "src/disclosure",
      "src/preferences",
    ],
  },
  // What is lent for a time; the gate is told by a function of its own shape.
  "src/grants": { mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/authority", "src/access"] },
  "src/disclosure": {
    mayImport: [
      ...ABOVE_POSTGRES,
      "src/tokens",
      "src/access",
      "src/vault",
      "src/vault/schema",
      "src/guard",
      "src/keys",
      "src/ledger",
    ],
  },
  // Snooping and abuse: weighs what the gate is about to record, and never sees it.
  "src/watch": {
    mayImport: [...ABOVE_POSTGRES, "src/access", "src/authority", "src/vault", "src/keys", "src/ledger"],
  },
  // What spans domains: rotation, the end of erasures, verification of everything stored.
  "src/operations": {
    mayImport: [...ABOVE_POSTGRES, "src/access", "src/vault", "src/vault/schema", "src/keys", "src/ledger"],
  },
  "src/reviews": { mayImport: [...ABOVE_POSTGRES, "src/access", "src/authority", "src/keys", "src/ledger"] },
  // What waits for somebody, read from whoever holds it; holds nothing itself.
  "src/work": {
    mayImport: [
      ...ABOVE_POSTGRES,
      "src/access",
      "src/keys",
      "src/signin",
      "src/grants",
      "src/systems",
      "src/representation",
      "src/callers",
      "src/changes",
      "src/watch",
      "src/reviews",
      "src/requests",
      "src/demands",
      "src/ethics",
      "src/retention",
      "src/letters",
      "src/rounds",
      "src/tellings",
      "src/recipients",
      "src/authorizations",
    ],
  },
  // Passes on what the ledger says, in codes that access has; keys only for the MAC of its place.
  // Its stream and its post are machinery for whoever passes on what the ledger says.
  "src/events": {
    mayImport: [...ABOVE_POSTGRES, "src/access", "src/keys", "src/ledger"],
    doors: ["events.ts", "stream.ts", "happening.ts", "post.ts"],
  },
  // Paper: what goes where comes through the gate; what posting proves is told by a function of its own shape.
  "src/letters": { mayImport: [...FILES, "src/mail", "src/disclosure", "src/preferences"] },
  // A secret link to what others say falls due.
  "src/calendar": { mayImport: [...ABOVE_POSTGRES, "src/keys", "src/authority", "src/access"] },
  // Dilemmas before a disclosure; the gate opens what was written about a customer.
  "src/ethics": { mayImport: [...ABOVE_POSTGRES, "src/access", "src/authority", "src/vault", "src/disclosure"] },
  // The confidential channel, which knows nobody's file.
  "src/reports": { mayImport: [...ABOVE_POSTGRES, "src/keys", "src/authority", "src/access"] },
  // Webhooks of other systems, fed by the stream of security events.
  "src/downstream": {
    mayImport: [...ABOVE_POSTGRES, "src/keys", "src/ledger", "src/authority", "src/access", "src/events"],
  },
  "src/http": { mayImport: [...DOMAINS, "contract"] },
  // main.ts, app.ts, config.ts: the wiring.
  src: { mayImport: [...DOMAINS, "src/http"] },
  contract: { mayImport: [], doors: ["*"] },
  sdk: { mayImport: ["contract"], doors: ["*"] },
  cli: { mayImport: ["sdk", "contract"] },
};
