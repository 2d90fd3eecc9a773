// The page by which staff sign in: a passkey, or address and password and then a second factor, or the employer's own sign-on.
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { AnswerOf } from "../../shared/ask.ts";
import { tellTabs } from "../../shared/other-tabs.ts";
import { sessionQuestion, type Session } from "../../shared/session.ts";
import { queries } from "../queries.ts";
import { FirstFactor } from "./first-factor.tsx";
import { SecondFactor } from "./second-factor.tsx";

export type SignedIn = AnswerOf<"signIn">;

export function SignIn(): ReactNode {
  const { returnTo, ended } = useSearch({ from: "/outside/sign-in" });
  const navigate = useNavigate();
  const [half, setHalf] = useState<Session | null>(null);
  const goOn = async ({ session }: SignedIn): Promise<void> => {
    if (session.needs === "second-factor") return setHalf(session);
    // Whoever was here before, nothing of theirs is left.
    queries.clear();
    tellTabs("signed-in");
    queries.setQueryData(sessionQuestion.queryKey, session);
    if (session.needs !== null) return navigate({ to: "/enrol", replace: true });
    await navigate({ href: safePath(returnTo), replace: true });
  };
  return half === null ? (
    <FirstFactor returnTo={safePath(returnTo)} hasEnded={ended === 1} onSignedIn={goOn} />
  ) : (
    <SecondFactor session={half} onSignedIn={goOn} onStartAgain={() => setHalf(null)} />
  );
}

/** Only paths of this server: `//host` and `\` lead elsewhere. */
function safePath(wanted: string | undefined): string {
  return wanted !== undefined && /^\/(?![/\\])[\w\-./?=&%]{0,500}$/.test(wanted) ? wanted : "/home";
}
