// How the command line ends: exit codes, and errors that say what to do next.

export const EXIT = { ok: 0, failed: 1, usage: 2, unverified: 3, rowsRefused: 4 } as const;
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** `next` is what the user can do about it, as a sentence or a command. */
export class CliError extends Error {
  readonly exitCode: ExitCode;
  readonly next: string | null;

  constructor(
    message: string,
    options: { readonly exitCode?: ExitCode; readonly next?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = "CliError";
    this.exitCode = options.exitCode ?? EXIT.failed;
    this.next = options.next ?? null;
  }
}
