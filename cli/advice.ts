// What to do about a refusal, by the code of its problem.
import type { SdkError } from "../sdk/sdk-error.ts";

const ADVICE: Readonly<Record<string, string>> = {
  unreachable: "Is the server running? `uberrima start` runs one here; --url or UBERRIMA_URL names another.",
  unauthenticated:
    "Give a valid token by --token-file or UBERRIMA_TOKEN. `uberrima init` makes the first client; an access administrator makes others.",
  "not-permitted":
    "This needs a client of another role or purpose. An access administrator can list and make them: `uberrima client --help`; governance/access says what each role may do.",
  "scope-not-for-role": "governance/access/roles.yaml says which row scopes each role may have.",
  "purpose-not-for-role": "governance/access/roles.yaml says which purposes each role may state.",
  "wrong-offset":
    "The server may still be working on what it was sent before: run the same command again in a few seconds.",
  "not-found": "Check the id. What lies outside this client's rows looks the same as what does not exist.",
  "rate-limited": "Wait a minute, or have the operator raise the limit.",
  unavailable: "The server is starting, stopping or without its database; try again in a moment.",
  "not-yet-published": "Checkpoints follow within seconds; try again.",
  "already-initialised": "A first administrator exists. Use its token, or have it make a further client.",
  "scope-incomplete": "Name the rows: --entity and --line (or --line all), and --group where the role works by books.",
  "body-too-large": "Send less at once.",
  stale: "Somebody changed it meanwhile: read it again and repeat.",
  "erasure-forbidden":
    "`uberrima hold check` lists what stands against it and until when; --unit erases what is free by itself.",
  erased: "The keys are destroyed: nothing brings this back.",
};

export function adviceFor(error: SdkError): string | null {
  return ADVICE[error.code] ?? null;
}
