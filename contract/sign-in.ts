// Signing in, and what people do about their own factors.
import { z } from "zod";
import { id, instant } from "./common.ts";
import { line, purpose, role } from "./vocabulary.ts";

/** `cookie`: for pages of this server; the token goes into a cookie that no script reads, and the answer holds none. */
export const as = z
  .enum(["token", "cookie"])
  .default("token")
  .describe("How the session is carried: a cookie for pages of this server");
export const deviceToken = z
  .string()
  .max(100)
  .optional()
  .describe("What an earlier sign-in gave this device to keep; left out with cookies");
const base64url = z.string().min(1).max(20_000);
export const state = z.string().min(1).max(100).describe("As the options came with");
const code = z.string().min(1).max(40);

export const passwordSignIn = z.strictObject({
  email: z.string().min(3).max(254),
  password: z.string().min(1).max(1024),
  as,
  deviceToken,
});

/** WebAuthn Level 3, 5.1: what the browser's `toJSON()` gives. */
const transports = z.array(z.string().max(32)).max(10).optional();
const extensionResults = z.record(z.string().max(64), z.unknown());
const attachment = z.string().max(32).nullish();
export const registrationResponse = z.strictObject({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensionResults,
  response: z.strictObject({
    clientDataJSON: base64url,
    attestationObject: base64url,
    authenticatorData: base64url.optional(),
    transports,
    publicKeyAlgorithm: z.number().optional(),
    publicKey: base64url.nullish(),
  }),
});
export const authenticationResponse = z.strictObject({
  id: base64url,
  rawId: base64url,
  type: z.literal("public-key"),
  authenticatorAttachment: attachment,
  clientExtensionResults: extensionResults,
  response: z.strictObject({
    clientDataJSON: base64url,
    authenticatorData: base64url,
    signature: base64url,
    userHandle: base64url.nullish(),
  }),
});

/** For `navigator.credentials`; the browser's own JSON form. */
export const passkeyOptions = z.strictObject({ state: z.string(), options: z.record(z.string(), z.unknown()) });
export const passkeySignIn = z.strictObject({ state, response: authenticationResponse, as, deviceToken });

export const factor = z.strictObject({
  factorId: id,
  kind: z.enum(["totp", "passkey"]),
  name: z.string(),
  addedAt: instant,
  countsFrom: instant.describe("Until then a passkey signs in as a code does: one factor"),
  usedAt: instant.nullable(),
});
export const factors = z.strictObject({
  passwordSetAt: instant.nullable(),
  factors: z.array(factor),
  recoveryCodesLeft: z.number().int(),
});
export const notice = z.strictObject({
  noticeId: id,
  what: z.enum([
    "new-device",
    "password-changed",
    "factor-added",
    "factor-removed",
    "recovery-code-used",
    "recovery-codes-made",
    "reset-requested",
    "reset-approved",
    "reset-done",
  ]),
  at: instant,
  device: z.string(),
  address: z.string(),
});

export const method = z.enum([
  "password",
  "totp",
  "passkey",
  "recovery-code",
  "invitation",
  "sso",
  "one-time-code",
  "token-exchange",
]);

export const session = z.strictObject({
  sessionId: id,
  principalId: id,
  name: z.string(),
  role,
  methods: z.array(method),
  needs: z
    .enum(["second-factor", "enrolment", "new-password"])
    .nullable()
    .describe("What is missing; until then the session may do that and nothing else"),
  startedAt: instant,
  endsAt: instant,
  idleSeconds: z.number().int(),
  strongAt: instant.nullable().describe("When a second factor was last shown"),
  isFresh: z.boolean().describe("Whether that is recent enough for what needs a fresh one"),
  freshSeconds: z.number().int(),
  phishingResistantAt: instant.nullable(),
  may: z
    .array(z.string())
    .describe("What the role may do besides asking for disclosures, by the names of governance/access"),
  purposes: z.array(purpose).describe("What the person may ask for customer information for, as registered"),
  entities: z.array(z.string()).describe("The legal entities the person works for"),
  lines: z.array(line),
  isPasskeyWanted: z.boolean().describe("The role sees some values with a passkey only"),
  factors,
  notices: z.array(notice),
});

export const signedIn = z.strictObject({
  session,
  token: z.string().nullable().describe("Send it as `Authorization: Bearer`. null where the session is in a cookie"),
  deviceToken: z
    .string()
    .nullable()
    .describe("For the device to keep and send when it signs in again; null where it has a good one, or a cookie"),
});

export const codeShown = z.strictObject({ code, deviceToken });
export const passkeyShown = z.strictObject({ state, response: authenticationResponse, deviceToken });

export const invitationToken = z.strictObject({ token: z.string().min(1).max(100) });
export const invitation = z.strictObject({
  name: z.string(),
  email: z.string(),
  purpose: z.enum(["enrolment", "reset"]),
  endsAt: instant,
  codeNeeded: z.boolean().describe("The code that was told on the call-back is needed as well"),
  password: z.strictObject({ lengthMin: z.number().int(), lengthMax: z.number().int() }),
});
export const invitationAccepted = z.strictObject({
  token: z.string().min(1).max(100),
  code: code.optional(),
  as,
  deviceToken,
});

export const passwordChosen = z.strictObject({ password: z.string().min(1).max(1024) });
/** `signedIn` where the session became a whole one by it. */
export const passwordSet = z.strictObject({ signedIn: signedIn.nullable() });

const factorName = z.string().min(1).max(100).describe("For its owner to tell it by");
export const totpDraft = z.strictObject({ name: factorName });
export const totpOffered = z.strictObject({
  factorId: id,
  secret: z.string().describe("Base32, for apps that cannot read the image"),
  uri: z.string(),
  qrCode: z.string().describe("SVG"),
});
export const factorParams = z.strictObject({ factorId: id });
export const totpConfirmed = z.strictObject({ code });
export const passkeyDraft = z.strictObject({ state, name: factorName, response: registrationResponse });
export const factorAdded = z.strictObject({
  factorId: id,
  recoveryCodes: z.array(z.string()).nullable().describe("With the first factor; shown once, each good once"),
  signedIn: signedIn.nullable().describe("Where the session became a whole one by it"),
});
export const recoveryCodes = z.strictObject({ recoveryCodes: z.array(z.string()) });

export const sessionItem = z.strictObject({
  sessionId: id,
  isThis: z.boolean(),
  methods: z.array(method),
  startedAt: instant,
  endsAt: instant,
  strongAt: instant.nullable(),
  device: z.string(),
  address: z.string(),
});
export const sessionList = z.strictObject({ items: z.array(sessionItem) });
export const sessionParams = z.strictObject({ sessionId: id });
export const sessionsEnded = z.strictObject({ ended: z.number().int() });
export const noticeParams = z.strictObject({ noticeId: id });
