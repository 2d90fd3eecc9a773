// What became of an erasure: that it is under way, and its certificate once nothing brings back what was erased.
import { Button, Group, Stack, Text, Title } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { type AnswerOf, ask, askForFile } from "../../shared/ask.ts";
import { Loading } from "../../shared/loading.tsx";
import { Moment } from "../../shared/moment.tsx";
import { question } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";
import { ShortId } from "../../shared/short-id.tsx";
import { Trouble } from "../../shared/trouble.tsx";

const AGAIN_MS = 2_000;

export function Erased({ erasureId }: { readonly erasureId: string }): ReactNode {
  const t = useTranslations("retention.erased");
  const found = useQuery({
    ...question("getErasure", { params: { erasureId } }),
    refetchInterval: ({ state }) => (state.data?.state === "final" || state.error !== null ? false : AGAIN_MS),
  });
  return (
    <div role="status">
      <Answered of={found}>
        {(erasure) =>
          erasure.finalAt === null ? (
            <Stack>
              <Text>{t("waits")}</Text>
              <Loading />
            </Stack>
          ) : (
            <Certificate of={erasure} finalAt={erasure.finalAt} />
          )
        }
      </Answered>
    </div>
  );
}

interface CertificateProps {
  readonly of: AnswerOf<"getErasure">;
  readonly finalAt: string;
}

function Certificate({ of: { erasureId, unitId }, finalAt }: CertificateProps): ReactNode {
  const t = useTranslations("retention.erased");
  const params = { erasureId };
  const pdf = useMutation({
    mutationFn: async () =>
      saveFile(await askForFile("printErasureCertificate", { params }), `erasure-${erasureId}.pdf`),
  });
  const proof = useMutation({
    mutationFn: async () => {
      const bundle = JSON.stringify(await ask("getErasureCertificate", { params }));
      saveFile(new Blob([bundle], { type: "application/json" }), `erasure-${erasureId}.json`);
    },
  });
  const icon = <IconDownload size={16} aria-hidden />;
  return (
    <Stack gap="sm">
      <Title order={3}>{t("title")}</Title>
      <Text>
        {t("scope")}: {t(unitId === null ? "all" : "unit")}
      </Text>
      <Text>
        {t("since")} <Moment at={finalAt} />
      </Text>
      <Group gap="xs">
        <Text>{t("number")}</Text>
        <ShortId id={erasureId} />
      </Group>
      <Trouble error={pdf.error ?? proof.error} />
      <Group>
        <Button leftSection={icon} loading={pdf.isPending} onClick={() => pdf.mutate()}>
          {t("pdf")}
        </Button>
        <Button variant="default" leftSection={icon} loading={proof.isPending} onClick={() => proof.mutate()}>
          {t("proof")}
        </Button>
      </Group>
    </Stack>
  );
}
