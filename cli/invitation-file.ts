// Invitations go to owner-only files: whoever opens the link enrols as the person it is for.
import type { Command } from "commander";
import { CliError, EXIT } from "./exit.ts";
import { printJson, printPairs } from "./output.ts";
import { globalsOf, type World } from "./session.ts";
import { assertWritable, writeTokenFile } from "./token-file.ts";

export interface InvitationOptions {
  readonly invitationOut?: string;
  readonly show?: boolean;
}

interface Made {
  readonly invitation: { readonly link: string; readonly endsAt: string } | null;
  readonly [about: string]: unknown;
}

const OPTION = "--invitation-out";

export function invitationOptions(command: Command): Command {
  return command
    .option(`${OPTION} <file>`, "write the invitation's link to this owner-only file")
    .option("--show", "print the link instead of writing it");
}

/** Before anything is made whose link could not be shown again. */
export async function prepareInvitation({ show, invitationOut }: InvitationOptions): Promise<void> {
  if (show === true) return;
  if (invitationOut === undefined)
    throw new CliError("say where the invitation goes", {
      exitCode: EXIT.usage,
      next: `Add ${OPTION} FILE or --show.`,
    });
  await assertWritable(invitationOut, OPTION);
}

export async function handOverInvitation(
  world: World,
  command: Command,
  { show, invitationOut }: InvitationOptions,
  { invitation, ...about }: Made,
): Promise<void> {
  if (invitation === null) throw new CliError("the server sent no invitation");
  if (show !== true && invitationOut !== undefined) await writeTokenFile(invitationOut, invitation.link, OPTION);
  const link = show === true ? { link: invitation.link } : { invitationFile: invitationOut };
  const shown = { ...about, ...link, endsAt: invitation.endsAt };
  if (globalsOf(command).json === true) printJson(world.streams, shown);
  else
    printPairs(
      world.streams,
      Object.entries(shown).map(([name, value]) => [name, value == null ? null : String(value)]),
    );
}
