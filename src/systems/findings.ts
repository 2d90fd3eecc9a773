// What is set up more weakly than production should be: read from what stands, each time somebody asks.
import type { Principal } from "../access/access.ts";
import type { Row } from "../authority/authority.ts";
import type { Uuid } from "../kernel/bytes.ts";
import { ceilingsOf } from "./spend.ts";
import type { SystemsContext } from "./context.ts";
import { isUsable, type Credential } from "./rows.ts";

type FindingCode =
  | "static-secrets-allowed"
  | "approvals-off"
  | "static-secret"
  | "awaits-approval"
  | "never-approved"
  | "no-ceilings"
  | "key-old"
  | "certificate-ends";

export interface Finding {
  readonly code: FindingCode;
  readonly severity: "info" | "warning" | "serious";
  /** The client it is about; null where it is about the server. */
  readonly clientId: Uuid | null;
  readonly says: string;
}

const DAY_MS = 86_400_000;
const KEY_OLD_DAYS = 365;
const CERTIFICATE_ENDS_DAYS = 30;
const PAGE = 200;

/** Of the server, then of each client that is in force or waits. */
export async function findFindings(context: SystemsContext): Promise<Finding[]> {
  const found: Finding[] = ofServer(context);
  let after: Uuid | null = null;
  do {
    const page = await context.access.listPrincipals({ after, limit: PAGE });
    for (const principal of page.principals) {
      const counts = principal.kind === "client" && (principal.status === "active" || principal.status === "pending");
      if (counts) found.push(...(await ofClient(context, principal)));
    }
    after = page.next;
  } while (after !== null);
  return found;
}

function ofServer({ settings }: SystemsContext): Finding[] {
  const found: Finding[] = [];
  if (settings.staticSecrets)
    found.push(
      finding("static-secrets-allowed", "warning", null, "the server takes static secrets: for development only"),
    );
  if (!settings.approvals)
    found.push(finding("approvals-off", "warning", null, "one administrator alone can make powerful clients"));
  return found;
}

async function ofClient(context: SystemsContext, principal: Principal & HasSecret): Promise<Finding[]> {
  const { principalId: id, role, status } = principal;
  const file = await context.files.of(id);
  const found: Finding[] = [];
  if (principal.hasSecret)
    found.push(finding("static-secret", "serious", id, "proves itself by a secret that never changes by itself"));
  if (status === "pending" || file.credentials.some((row) => !isUsable(row)) || file.waitingTerms !== null)
    found.push(finding("awaits-approval", "info", id, "waits for a second person"));
  else if (context.access.roles[role].secondPerson && file.registration?.approvedBy == null)
    found.push(finding("never-approved", "warning", id, "a powerful client that one person alone made"));
  if (
    Object.values(ceilingsOf(context, { ...file, principal: { ...principal, signIn: null } })).every(
      (each) => each === null,
    )
  )
    found.push(finding("no-ceilings", "info", id, "no ceiling binds what it may ask for"));
  return [...found, ...file.credentials.flatMap((row) => ofCredential(context, id, row))];
}

interface HasSecret {
  readonly hasSecret: boolean;
}

function ofCredential({ clock }: SystemsContext, id: Uuid, { content, endsAt }: Row<Credential>): Finding[] {
  const nowMs = clock.now().getTime();
  const ageDays = (nowMs - new Date(content.addedAt).getTime()) / DAY_MS;
  const leftDays = endsAt === null ? Infinity : (endsAt.getTime() - nowMs) / DAY_MS;
  return [
    ...(ageDays > KEY_OLD_DAYS ? [finding("key-old", "warning", id, "a key or certificate is older than a year")] : []),
    ...(leftDays < CERTIFICATE_ENDS_DAYS
      ? [finding("certificate-ends", "warning", id, "a certificate ends within thirty days")]
      : []),
  ];
}

function finding(code: FindingCode, severity: Finding["severity"], clientId: Uuid | null, says: string): Finding {
  return { code, severity, clientId, says };
}
