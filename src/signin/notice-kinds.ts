// What people are told of that happened to their sign-in.
export const NOTICE_KINDS = [
  "new-device",
  "password-changed",
  "factor-added",
  "factor-removed",
  "recovery-code-used",
  "recovery-codes-made",
  "reset-requested",
  "reset-approved",
  "reset-done",
] as const;
export type NoticeKind = (typeof NOTICE_KINDS)[number];
