// The shape every domain's error class shares, so that one mapper turns them into problem answers.
/**
 * A failure whose `code` and `message` are safe to show to any caller. Never put personal data, secrets or another
 * library's message (parsers quote their input) in `message`; internal detail belongs in `cause`, and not personal data there either.
 */
export abstract class AppError extends Error {
  abstract readonly code: string;
  /** The HTTP status that fits (RFC 9110). */
  abstract readonly status: number;
}
