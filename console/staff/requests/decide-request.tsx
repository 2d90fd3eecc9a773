// Approving or denying what somebody else asked for.
import { Button, Group, Stack, Text, Textarea } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { Grant } from "./request-columns.tsx";

export interface OneRequestProps {
  readonly grant: Grant;
  readonly onDone: () => void;
}

const NEEDED = { elevation: 1, "two-person": 2, "break-glass": 0 } as const;

export function DecideRequest({ grant, onDone }: OneRequestProps): ReactNode {
  const t = useTranslations("requests");
  const [note, setNote] = useState("");
  const decide = useAct("decideGrant", { changes: ["listGrants", "listWork"], onDone });
  const decided = (approves: boolean): void =>
    decide.mutate({
      params: { grantId: grant.grantId },
      body: { approves, ...(note.trim() === "" ? {} : { note: note.trim() }) },
    });
  return (
    <Stack gap="sm" mt="md">
      <Trouble error={decide.error} />
      <Text size="sm">{t("needs", { left: NEEDED[grant.form] - grant.decisions.length })}</Text>
      <Textarea
        label={t("note")}
        description={t("noteHint")}
        maxLength={1000}
        autosize
        minRows={2}
        data-autofocus
        value={note}
        onChange={(event) => setNote(event.currentTarget.value)}
      />
      <Group justify="end">
        <Button variant="default" loading={decide.isPending} onClick={() => decided(false)}>
          {t("deny")}
        </Button>
        <Button loading={decide.isPending} onClick={() => decided(true)}>
          {t("approve")}
        </Button>
      </Group>
    </Stack>
  );
}
