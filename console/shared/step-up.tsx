// Asks for a strong factor once more where the server wants one, and then does again what was asked.
import { Button, Group, Modal, Stack, Text, TextInput } from "@mantine/core";
import { IconFingerprint } from "@tabler/icons-react";
import { useQueryClient } from "@tanstack/react-query";
import { createContext, type ReactNode, use, useCallback, useEffect, useMemo, useRef, useState } from "react";
import { useTranslations } from "use-intl";
import { ask } from "./ask.ts";
import { heedTabs, tellTabs } from "./other-tabs.ts";
import { canUsePasskeys, showPasskey } from "./passkeys.ts";
import { Refused } from "./refused.ts";
import { type Session, sessionQuestion } from "./session.ts";
import { Trouble } from "./trouble.tsx";

/** Throws what the work throws, also where the person does not want to show a factor. */
type WithStepUp = <Answer>(work: () => Promise<Answer>) => Promise<Answer>;

const NEEDED = new Set(["step-up-needed", "factor-needed"]);
const Context = createContext<WithStepUp | null>(null);

export function useStepUp(): WithStepUp {
  const withStepUp = use(Context);
  if (withStepUp === null) throw new Error("outside of StepUp");
  return withStepUp;
}

interface Asked {
  readonly session: Session;
  readonly settle: (wasShown: boolean) => void;
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
        const session = await ask("getSession", {});
        const wasShown = await new Promise<boolean>((settle) => setAsked({ session, settle }));
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
      {asked !== null && <Factors {...asked} />}
    </Context>
  );
}

function Factors({ session, settle }: Asked): ReactNode {
  const t = useTranslations("common");
  const [error, setError] = useState<unknown>(null);
  const [code, setCode] = useState("");
  const kinds = useMemo(() => new Set(session.factors.factors.map(({ kind }) => kind)), [session]);
  const first = useRef<HTMLButtonElement>(null);
  const shown = async (work: () => Promise<unknown>): Promise<void> => {
    try {
      await work();
      settle(true);
    } catch (failure) {
      setError(failure);
    }
  };
  const byPasskey = async () => ask("showPasskey", { body: await showPasskey(await ask("askPasskey", {})) });
  return (
    <Modal
      opened
      onClose={() => settle(false)}
      title={t("stepUp.title")}
      closeButtonProps={{ "aria-label": t("close") }}
    >
      <Stack>
        <Text size="sm">{t("stepUp.why")}</Text>
        <Trouble error={error} />
        {kinds.has("passkey") && canUsePasskeys() && (
          <Button
            ref={first}
            data-autofocus
            leftSection={<IconFingerprint aria-hidden />}
            onClick={() => void shown(byPasskey)}
          >
            {t("usePasskey")}
          </Button>
        )}
        {kinds.has("totp") && (
          <form
            onSubmit={(event) => {
              event.preventDefault();
              void shown(() => ask("showCode", { body: { code: code.trim() } }));
            }}
          >
            <Group align="end">
              <TextInput
                label={t("appCode")}
                inputMode="numeric"
                autoComplete="one-time-code"
                value={code}
                onChange={(event) => setCode(event.currentTarget.value)}
                flex={1}
              />
              <Button type="submit">{t("stepUp.showCode")}</Button>
            </Group>
          </form>
        )}
        <Button variant="subtle" onClick={() => settle(false)}>
          {t("cancel")}
        </Button>
      </Stack>
    </Modal>
  );
}
