// Sends a file under a mapping: announced, and taken at once, or once somebody else has approved it.
import { Alert, Button, Group, Progress, Stack, Text } from "@mantine/core";
import { useQueryClient } from "@tanstack/react-query";
import { useNavigate } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { useAttempt } from "../../shared/attempt.ts";
import { Origin } from "../../shared/origin.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { OriginChoice } from "../customers/origin-choice.tsx";
import type { ChosenOrigin } from "./draft.ts";
import type { Mapping } from "./new-import.tsx";
import { sendFile } from "./send-file.ts";

const CHANGES = ["getImport", "listImports", "listImportRejects"];

export interface SendProps {
  readonly file: File;
  readonly mapping: Pick<Mapping, "name" | "origin" | "mayRun" | "needsApproval">;
  /** It was approved: what was announced is sent now. */
  readonly isApproved?: boolean;
}

export function Send({ file, mapping, isApproved = false }: SendProps): ReactNode {
  const t = useTranslations("imports");
  const format = useFormatter();
  const navigate = useNavigate();
  const queries = useQueryClient();
  const { isBusy, error, attempt } = useAttempt();
  const [sent, setSent] = useState({ bytes: 0, line: 0 });
  const [origin, setOrigin] = useState<ChosenOrigin | null>(null);
  const waits = mapping.needsApproval && !isApproved;
  // What was announced and approved has said it before.
  const needsOrigin = !isApproved && mapping.origin === null && origin === null;
  const send = async () => {
    const announced = { mapping: mapping.name, ...(origin === null ? {} : { origin }) };
    const importId = await sendFile(file, announced, (bytes, line) => setSent({ bytes, line }));
    await Promise.all(CHANGES.map((changed) => queries.invalidateQueries({ queryKey: [changed] })));
    await navigate({ to: `/imports/${importId}` });
  };
  const percent = file.size === 0 ? 100 : Math.floor((sent.bytes / file.size) * 100);
  return (
    <Stack>
      {waits && (
        <Alert color="blue" title={t("needsApproval")}>
          {t("needsApprovalWhy")}
        </Alert>
      )}
      {!mapping.mayRun && (
        <Alert color="yellow" title={t("notYours")}>
          {t("notYoursWhy")}
        </Alert>
      )}
      {!isApproved && <From mapping={mapping} origin={origin} onOrigin={setOrigin} />}
      <Trouble error={error} again={mapping.mayRun ? () => attempt(send) : undefined} />
      {isBusy && (
        <div role="status">
          <Progress value={percent} animated aria-label={t("progress")} />
          <Text size="sm" mt="xs">
            {t("sent", { percent, line: format.number(sent.line) })}
          </Text>
        </div>
      )}
      <Group>
        <Button loading={isBusy} disabled={!mapping.mayRun || needsOrigin} onClick={() => void attempt(send)}>
          {t(waits ? "askApproval" : "start")}
        </Button>
      </Group>
    </Stack>
  );
}

interface FromProps extends Pick<SendProps, "mapping"> {
  readonly origin: ChosenOrigin | null;
  readonly onOrigin: (origin: ChosenOrigin) => void;
}

/** Where the file is from: as its mapping says, unless this one is from elsewhere. */
function From({ mapping, origin, onOrigin }: FromProps): ReactNode {
  const t = useTranslations("imports");
  return (
    <Stack gap="xs">
      <Text size="sm">{t(mapping.origin === null ? "from.needed" : "from.mapping")}</Text>
      {mapping.origin !== null && <Origin origin={mapping.origin} />}
      <OriginChoice origin={origin} onOrigin={onOrigin} units={[]} />
    </Stack>
  );
}
