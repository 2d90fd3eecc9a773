// A factor that was added, as the interface tells it.
import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import type { factorAdded } from "../../../contract/sign-in.ts";
import type { Added } from "../../signin/signin.ts";
import type { Shell } from "../shell.ts";
import { carriedBy, signedInAnswer } from "./signed-in.ts";

export async function addedAnswer(
  shell: Shell,
  { request, reply }: { readonly request: FastifyRequest; readonly reply: FastifyReply },
  { factorId, recoveryCodes, session }: Added,
): Promise<z.output<typeof factorAdded>> {
  const entered = session === null ? null : { ...session, deviceToken: null };
  return {
    factorId,
    recoveryCodes: recoveryCodes === null ? null : [...recoveryCodes],
    signedIn: entered === null ? null : await signedInAnswer(shell, { request, reply }, carriedBy(request), entered),
  };
}
