// The list that is shown as a document to keep, in the language of the pages. A file is saved, never shown in these pages.
import { Button, Group, Text } from "@mantine/core";
import { IconDownload } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { type ReactNode, useId } from "react";
import { useTranslations } from "use-intl";
import { askForFile } from "../../shared/ask.ts";
import { saveFile } from "../../shared/save-file.ts";
import { useLanguage } from "../../shared/texts.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import type { List } from "./list-choice.tsx";

const FORMS = ["pdf", "html", "csv", "json"] as const;
type Form = (typeof FORMS)[number];

interface KeepListProps {
  readonly law: List;
  /** undefined: one's own. */
  readonly customerId: string | undefined;
}

export function KeepList({ law, customerId }: KeepListProps): ReactNode {
  const t = useTranslations("portal-timeline.keep");
  const language = useLanguage();
  const id = useId();
  const fetching = useMutation({
    mutationFn: async (form: Form) => {
      const query = { law, language, ...(customerId === undefined ? {} : { customerId }) };
      const file = await askForFile("getPortalAccountingDocument", { params: { form }, query });
      saveFile(file, file.name);
    },
  });
  return (
    <section aria-labelledby={id}>
      <Text fw={600} id={id}>
        {t("label")}
      </Text>
      <Text size="sm" c="dimmed">
        {t("text")}
      </Text>
      <Trouble error={fetching.error} />
      <Group gap="sm" mt="xs">
        {FORMS.map((form) => (
          <Button
            key={form}
            variant="default"
            mih={44}
            leftSection={<IconDownload size={16} aria-hidden />}
            loading={fetching.isPending && fetching.variables === form}
            onClick={() => fetching.mutate(form)}
          >
            {t(form)}
          </Button>
        ))}
      </Group>
    </section>
  );
}
