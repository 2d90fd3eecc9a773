// The first parts of the paths that the staff pages route within; a test holds them equal to what the pages know.
export const STAFF_PATHS = [
  "home",
  "sign-in",
  "enrol",
  "account",
  "customers",
  "desk",
  "access",
  "alerts",
  "people",
  "imports",
  "ledger",
  "pictures",
  "schema",
  "settings",
  "clients",
  "reviews",
] as const;
