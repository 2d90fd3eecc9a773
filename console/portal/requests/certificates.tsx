// What was erased under a request, and the certificate of each: to read, and with what proves it. By the code of the request, with or without a session.
import { Button, Group, Stack, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation, useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { type AnswerOf, ask } from "../../shared/ask.ts";
import { Moment } from "../../shared/moment.tsx";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";

const AGAIN_MS = 10_000;

export function Certificates({ code }: { readonly code: string }): ReactNode {
  const t = useTranslations("portal-rights");
  const found = useQuery({
    queryKey: ["claimErasures", code],
    queryFn: () => ask("claimErasures", { body: { code } }),
    retry: false,
    refetchInterval: ({ state }) => (state.data?.items.some(({ finalAt }) => finalAt === null) ? AGAIN_MS : false),
  });
  return (
    <Answered of={found}>
      {({ items }) => (
        <Stack gap="md">
          {items.length === 0 && <Text>{t("requests.erased.none")}</Text>}
          {items.map((one) => (
            <One key={one.erasureId} code={code} of={one} />
          ))}
        </Stack>
      )}
    </Answered>
  );
}

interface OneProps {
  readonly code: string;
  readonly of: AnswerOf<"claimErasures">["items"][number];
}

function One({ code, of: { erasureId, unitId, requestedAt, finalAt } }: OneProps): ReactNode {
  const t = useTranslations("portal-rights");
  const fetching = useMutation({
    mutationFn: async (form: "paper" | "proof") => {
      const { bundle, paper } = await ask("claimErasureCertificate", { body: { code, erasureId } });
      const [content, type, ending] =
        form === "paper"
          ? [Uint8Array.fromBase64(paper), "application/pdf", "pdf"]
          : [JSON.stringify(bundle), "application/json", "json"];
      saveFile(new Blob([content], { type }), `erasure-${erasureId}.${ending}`);
    },
  });
  return (
    <div role="group" aria-label={t(unitId === null ? "requests.erased.all" : "requests.erased.part")}>
      <Text fw={600}>{t(unitId === null ? "requests.erased.all" : "requests.erased.part")}</Text>
      {finalAt === null ? (
        <Text>{t.rich("requests.erased.waits", { at: () => <Moment at={requestedAt} /> })}</Text>
      ) : (
        <Text>{t.rich("requests.erased.since", { at: () => <Moment at={finalAt} /> })}</Text>
      )}
      <Trouble error={fetching.error} />
      {finalAt !== null && (
        <Group gap="sm" mt="xs">
          {(["paper", "proof"] as const).map((form) => (
            <Button
              key={form}
              variant="default"
              mih={44}
              leftSection={<IconDownload size={16} aria-hidden />}
              loading={fetching.isPending && fetching.variables === form}
              onClick={() => fetching.mutate(form)}
            >
              {t(`requests.erased.${form}`)}
            </Button>
          ))}
        </Group>
      )}
    </div>
  );
}
