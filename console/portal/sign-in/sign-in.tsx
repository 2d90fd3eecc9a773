// Signing in: by a code to an address on file, or by a passkey. Nothing here tells whether an address is known.
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate, useSearch } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import type { AnswerOf, AskingOf } from "../../shared/ask.ts";
import { tellTabs } from "../../shared/other-tabs.ts";
import { chooseLanguage } from "../../shared/texts.tsx";
import { sessionQuestion } from "../session.ts";
import { AskCode } from "./ask-code.tsx";
import { EnterCode } from "./enter-code.tsx";
import { type SentCode, useRemembered } from "./sent-code.ts";

/** Where the code goes, and who they are where several share it. In the page's memory alone. */
export type Whom = Pick<AskingOf<"askSignInCode">["body"], "contact" | "person"> & {
  readonly channel: "email" | "phone";
};

export interface Sent extends SentCode {
  /** null after a reload: the code can be typed in, and another one is asked for from the beginning. */
  readonly whom: Whom | null;
}

export function SignIn(): ReactNode {
  const { returnTo, ended, left } = useSearch({ from: "/outside/sign-in" });
  const queries = useQueryClient();
  const navigate = useNavigate();
  const [remembered, remember] = useRemembered();
  const [sent, setSent] = useState<Sent | null>(() => (remembered === null ? null : { ...remembered, whom: null }));
  const [former, setFormer] = useState<Whom | null>(null);
  const onSignedIn = async (): Promise<void> => {
    // Whoever was here before, nothing of theirs is left.
    queries.clear();
    const { language } = await queries.fetchQuery(sessionQuestion);
    if (language !== null) await chooseLanguage(language);
    tellTabs("signed-in");
    await navigate({ href: `/portal${returnTo ?? ""}`, replace: true });
  };
  const onSent = (whom: Whom, { challengeId, expiresAt }: AnswerOf<"askSignInCode">): void => {
    const code = { challengeId, expiresAt, sentAt: Date.now() };
    remember(code);
    setSent({ ...code, whom });
  };
  const startAgain = (): void => {
    setFormer(sent?.whom ?? null);
    remember(null);
    setSent(null);
  };
  if (sent !== null) return <EnterCode sent={sent} onSent={onSent} onSignedIn={onSignedIn} onStartAgain={startAgain} />;
  const notice = ended === true ? "ended" : left === true ? "left" : null;
  return <AskCode former={former} notice={former === null ? notice : null} onSent={onSent} onSignedIn={onSignedIn} />;
}
