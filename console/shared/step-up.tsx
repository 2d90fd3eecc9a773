// Asks for a strong factor once more where the server wants one, and then does again what was asked.
import { useQueryClient } from "@tanstack/react-query";
import { type ComponentType, createContext, type ReactNode, use, useCallback, useEffect, useState } from "react";
import { ask } from "./ask.ts";
import { fetched } from "./fetched-code.ts";
import { heedTabs, tellTabs } from "./other-tabs.ts";
import { Refused } from "./refused.ts";
import type { FactorsProps } from "./factors.tsx";
import { sessionQuestion } from "./session.ts";

/** Throws what the work throws, also where the person does not want to show a factor. */
type WithStepUp = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

/** Thrown by the pages themselves, where the code of an app would be shown in vain. */
export const PASSKEY_NEEDED = "passkey-needed";
const NEEDED = new Set(["step-up-needed", "factor-needed", PASSKEY_NEEDED]);
const Context = createContext<WithStepUp | null>(null);

export function useStepUp(): WithStepUp {
  const withStepUp = use(Context);
  if (withStepUp === null) throw new Error("outside of StepUp");
  return withStepUp;
}

interface Asked extends FactorsProps {
  readonly Factors: ComponentType<FactorsProps>;
}

export function StepUp({ children }: { readonly children: ReactNode }): ReactNode {
  const [asked, setAsked] = useState<Asked | null>(null);
  const queries = useQueryClient();
  const withStepUp = useCallback<WithStepUp>(
    async (work) => {
      try {
        return await work();
      } catch (error) {
        if (!(error instanceof Refused) || !NEEDED.has(error.code)) throw error;
        // The dialog is fetched when it is first wanted: no page needs it to come up.
        const [session, { Factors }] = await Promise.all([ask("getSession", {}), fetched(import("./factors.tsx"))]);
        const isPasskey = error.code === PASSKEY_NEEDED;
        const wasShown = await new Promise<boolean>((settle) => setAsked({ session, settle, isPasskey, Factors }));
        setAsked(null);
        if (!wasShown) throw error;
        tellTabs("factor-shown");
        await queries.invalidateQueries({ queryKey: sessionQuestion.queryKey });
        return work();
      }
    },
    [queries],
  );
  // Shown in another tab, it holds here as well: the session is the same.
  useEffect(() => heedTabs((news) => void (news === "factor-shown" && asked?.settle(true))), [asked]);
  return (
    <Context value={withStepUp}>
      {children}
      {asked !== null && <asked.Factors session={asked.session} settle={asked.settle} isPasskey={asked.isPasskey} />}
    </Context>
  );
}
