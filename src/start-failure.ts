// Why the server did not start, in words that say what to do about it. Quotes no setting's value: a URL holds a password.
import { AppError } from "./kernel/app-error.ts";

const DATABASE = "UBERRIMA_DATABASE_OWNER_URL and UBERRIMA_DATABASE_URL";
const KEYRING =
  "UBERRIMA_KEYRING names its folder (`keyring` in the data folder when unset), UBERRIMA_KEYRING_PASSPHRASE_FILE what opens it";

/** What to look at, by the codes of our own errors. */
const ADVICE: Readonly<Record<string, string>> = {
  unavailable: `is PostgreSQL running where ${DATABASE} say?`,
  "does-not-open": `does the keyring belong to this database? ${KEYRING}`,
  "domain-key-missing": `does the keyring belong to this database? ${KEYRING}`,
  "domain-key-forged": `does the keyring belong to this database? ${KEYRING}`,
  "keyring-locked": KEYRING,
  "keyring-permissions": KEYRING,
  "keyring-mode": KEYRING,
  "passphrase-too-short": KEYRING,
  "bucket-key-missing": KEYRING,
  "bucket-store-damaged": KEYRING,
  "folder-in-use":
    "stop the other server, or give this one a folder of its own by UBERRIMA_DATA; several servers share an outside PostgreSQL",
  "no-binaries": `give a PostgreSQL of your own by ${DATABASE}`,
};

/** What the system, or PostgreSQL (its appendix A), answered to what a setting asks for. */
const SYSTEM: Readonly<Record<string, string>> = {
  EADDRINUSE:
    "something listens at that address already: stop it, or choose another by UBERRIMA_PORT (0 takes any free port) or UBERRIMA_HOST",
  EADDRNOTAVAIL: "UBERRIMA_HOST: this machine has no such address",
  EACCES: "the system refuses it: look at the rights of UBERRIMA_DATA and, below 1024, at UBERRIMA_PORT",
  ENOTFOUND: "UBERRIMA_HOST: no address is known for that name",
  "28P01": `PostgreSQL refuses the user or the password: look at ${DATABASE}`,
  "28000": `PostgreSQL refuses the user: look at ${DATABASE}`,
  "3D000": `PostgreSQL has no such database: look at ${DATABASE}`,
  "42501": `PostgreSQL refuses what the role wants to do: ${DATABASE} need the owner and the application's narrow role`,
  "53300": "PostgreSQL has no connection left: look at UBERRIMA_DATABASE_CONNECTIONS of every server",
};

export function startFailure(error: unknown): string {
  // Messages of our own are safe to show; others may quote anything.
  if (error instanceof AppError) {
    const advice = ADVICE[error.code];
    const reason = causeOf(error);
    return [
      error.message,
      ...(reason === null ? [] : [`(${reason})`]),
      ...(advice === undefined ? [] : [`\n${advice}`]),
    ].join(" ");
  }
  return SYSTEM[codeOf(error)] ?? "the server failed to start; the log says where";
}

/** The system's own word for it, such as ECONNREFUSED. */
function causeOf({ cause }: Error): string | null {
  const code = codeOf(cause);
  return /^[A-Z][A-Z0-9_]{2,30}$/.test(code) ? code : null;
}

function codeOf(error: unknown): string {
  if (typeof error !== "object" || error === null || !("code" in error)) return "";
  return typeof error.code === "string" && (Object.hasOwn(SYSTEM, error.code) || /^E[A-Z]+$/.test(error.code))
    ? error.code
    : "";
}
