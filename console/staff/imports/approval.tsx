// A file that waits for somebody else: looked at and approved by whoever has the same one; then sent by whoever announced it.
import { Alert, Button, Group, Stack, Text } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { FileDrop } from "./file-drop.tsx";
import { digestOf } from "./file-head.ts";
import type { ImportRun } from "./imports.tsx";
import { Send } from "./send.tsx";

export function Approval({ run }: { readonly run: ImportRun }): ReactNode {
  const t = useTranslations("imports");
  const may = useMay();
  const { principalId } = useSession();
  if (run.state !== "running" || run.approval === "not-needed") return null;
  if (run.approval === "given")
    return may("import.run") ? <SendApproved run={run} /> : <Alert color="green" title={t("approval.given")} />;
  const mayApprove = may("import.approve") && run.startedBy !== principalId;
  return (
    <Alert color="yellow" title={t("approval.awaited")}>
      <Stack gap="sm">
        <Text size="sm">{t(mayApprove ? "approval.yours" : "approval.others")}</Text>
        {mayApprove && <Approve importId={run.importId} />}
      </Stack>
    </Alert>
  );
}

function Approve({ importId }: { readonly importId: string }): ReactNode {
  const t = useTranslations("imports");
  const [file, setFile] = useState<File | null>(null);
  const { isBusy, error, attempt } = useAttempt();
  const approve = useAct("approveImport", { changes: ["getImport", "listImports"] });
  const go = async (): Promise<void> => {
    if (file === null) return;
    const sha256 = await digestOf(file);
    await approve.mutateAsync({ params: { importId }, body: { sha256 } });
  };
  return (
    <>
      <FileDrop file={file} onFile={setFile} label={t("approval.drop")} />
      <Trouble error={error} />
      <Group>
        <Button disabled={file === null} loading={isBusy} onClick={() => void attempt(go)}>
          {t("approval.approve")}
        </Button>
      </Group>
    </>
  );
}

function SendApproved({ run }: { readonly run: ImportRun }): ReactNode {
  const t = useTranslations("imports");
  const [file, setFile] = useState<File | null>(null);
  return (
    <Alert color="green" title={t("approval.given")}>
      <Stack gap="sm">
        <Text size="sm">{t("approval.send")}</Text>
        <FileDrop file={file} onFile={setFile} />
        {file !== null && (
          <Send
            file={file}
            mapping={{ name: run.mapping, origin: run.origin, mayRun: true, needsApproval: true }}
            isApproved
          />
        )}
      </Stack>
    </Alert>
  );
}
