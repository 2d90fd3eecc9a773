// The second of two people: approves just the preview that is shown, or refuses it.
import { Button, Checkbox, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { DialogButton } from "../governing/dialog-button.tsx";
import type { Round } from "./round.tsx";

interface DecidingProps {
  readonly roundId: string;
  readonly found: NonNullable<Round["found"]>;
}

export function DecideRound(of: DecidingProps): ReactNode {
  const t = useTranslations("rounds.decide");
  return (
    <DialogButton
      label={t("open")}
      title={t("title")}
      variant="filled"
      dialog={(close) => <Deciding {...of} onDone={close} />}
    />
  );
}

function Deciding({ roundId, found, onDone }: DecidingProps & { readonly onDone: () => void }): ReactNode {
  const t = useTranslations("rounds.decide");
  const [hasLooked, setLooked] = useState(false);
  const act = useAct("decideNoticeRound", { changes: ["getNoticeRound", "listNoticeRounds"], onDone });
  const decide = (approve: boolean): void =>
    act.mutate({ params: { roundId }, body: { approve, digest: found.digest } });
  return (
    <Stack>
      <Trouble error={act.error} />
      <Text>{t("text", { due: found.due })}</Text>
      <Text size="sm" className="wrap">
        {t("exactly", { digest: found.digest })}
      </Text>
      <Checkbox label={t("looked")} checked={hasLooked} onChange={(event) => setLooked(event.currentTarget.checked)} />
      <Group justify="end">
        <Button variant="default" loading={act.isPending} onClick={() => decide(false)}>
          {t("refuse")}
        </Button>
        <Button disabled={!hasLooked} loading={act.isPending} onClick={() => decide(true)}>
          {t("approve")}
        </Button>
      </Group>
    </Stack>
  );
}
