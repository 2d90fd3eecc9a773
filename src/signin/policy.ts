// How staff sign in, from governance/access/sign-in.yaml: every threshold of this domain.
import { join } from "node:path";
import { z } from "zod";
import { readGovernedYaml, strictYaml } from "../kernel/governed-yaml.ts";
import { ROLES, type Role } from "../kernel/vocabulary.ts";
import { SignInError } from "./errors.ts";

const seconds = (most: number) => z.int().min(1).max(most);
const times = strictYaml({ lifetimeSeconds: seconds(86_400).min(60), idleSeconds: seconds(86_400).min(60) });
const backOff = strictYaml({
  after: z.int().min(3).max(1000),
  firstSeconds: seconds(3600),
  mostSeconds: seconds(3600),
});
const days = z.int().min(1).max(1000).nullable();
const role = z.enum(ROLES);

const signInFile = strictYaml({
  version: z.literal(1),
  password: strictYaml({
    lengthMin: z.int().min(8).max(64),
    lengthMax: z.int().min(64).max(512),
    scoreMin: z.int().min(2).max(4),
    history: z.int().min(0).max(24),
    expiryDays: strictYaml({ everybody: days, roles: z.partialRecord(role, days) }),
    // OWASP: 19 MiB and two passes, or more; RFC 9106 4: two gibibytes at most.
    argon2id: strictYaml({
      memoryKib: z.int().min(19_456).max(2_097_152),
      passes: z.int().min(1).max(16),
      lanes: z.int().min(1).max(16),
      concurrentMax: z.int().min(1).max(64),
      waitingMax: z.int().min(1).max(10_000),
    }),
  }),
  sessions: strictYaml({ half: times, enrolment: times, everybody: times, roles: z.partialRecord(role, times) }),
  stepUp: strictYaml({ freshSeconds: seconds(3600), shiftSeconds: seconds(86_400) }),
  customers: strictYaml({
    codeFreshSeconds: seconds(3600),
    passkeyCoolingOffHours: z.int().min(1).max(720),
  }),
  invitations: strictYaml({
    invitationHours: z.int().min(1).max(720),
    resetHours: z.int().min(1).max(72),
    resetLinkHours: z.int().min(1).max(24),
  }),
  lockout: strictYaml({
    windowSeconds: seconds(86_400),
    device: backOff,
    accountFromOnePlace: backOff,
    account: backOff,
    place: backOff,
  }),
  phishingResistant: strictYaml({ roles: z.array(role) }),
  secondPerson: strictYaml({ roles: z.array(role) }),
});
export type SignInPolicy = z.output<typeof signInFile>;
export type BackOff = z.output<typeof backOff>;
export type SessionTimes = z.output<typeof times>;

/** Reads `sign-in.yaml` in `folder`. Throws SignInError `bad-governance`, naming file and line. */
export function loadSignInPolicy(folder: string): SignInPolicy {
  const read = readGovernedYaml(join(folder, "sign-in.yaml"), "governance/access/sign-in.yaml", signInFile);
  if (!read.ok) throw new SignInError("bad-governance", read.faults.join("\n"));
  return Object.freeze(read.file.content);
}

export function sessionTimes({ sessions }: Pick<SignInPolicy, "sessions">, of: Role): SessionTimes {
  return sessions.roles[of] ?? sessions.everybody;
}

/** Null where a password of the role never expires. */
export function passwordDays({ password }: Pick<SignInPolicy, "password">, of: Role): number | null {
  const { everybody, roles } = password.expiryDays;
  return roles[of] === undefined ? everybody : roles[of];
}
