// A session as it stands among authority rows, owned by whom it stands for.
import { z } from "zod";
import { SIGN_IN_METHODS, type SignIn } from "../access/access.ts";
import type { Row, RowType } from "../authority/authority.ts";

const instant = z.iso.datetime();

const content = z.strictObject({
  methods: z.array(z.enum(SIGN_IN_METHODS)),
  startedAt: instant,
  strongAt: instant.nullable(),
  phishingResistantAt: instant.nullable(),
  /** Ends it when it was not used for as long. */
  idleSeconds: z.int().min(60),
  /** For its owner to know it by: "Firefox on Linux", and where from. Sealed like all of it. */
  device: z.string().max(200),
  address: z.string().max(100),
});
export type SessionContent = z.infer<typeof content>;

export const SESSION: RowType<SessionContent> = { kind: "session", content };

export function signInOf({ rowId, content: held }: Row<SessionContent>): SignIn {
  const at = (text: string | null): Date | null => (text === null ? null : new Date(text));
  return {
    sessionId: rowId,
    methods: held.methods,
    at: new Date(held.startedAt),
    strongAt: at(held.strongAt),
    phishingResistantAt: at(held.phishingResistantAt),
  };
}
