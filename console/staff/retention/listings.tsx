// The preview for whoever approves it away from the screen: on paper, or as a table. Handing it out is an entry.
import { Button } from "@mantine/core";
import { IconFileTypeCsv, IconPrinter } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { askForFile } from "../../shared/ask.ts";
import { useAttempt } from "../../shared/attempt.ts";
import { saveFile } from "../../shared/save-file.ts";
import { Trouble } from "../../shared/trouble.tsx";

const FORMS = [
  { form: "pdf", operation: "printDisposalUnits", Icon: IconPrinter },
  { form: "csv", operation: "exportDisposalUnits", Icon: IconFileTypeCsv },
] as const;

export function Listings({ disposalId }: { readonly disposalId: string }): ReactNode {
  const t = useTranslations("disposals.listings");
  const { isBusy, error, attempt } = useAttempt();
  return (
    <>
      <Trouble error={error} />
      {FORMS.map(({ form, operation, Icon }) => (
        <Button
          key={form}
          variant="default"
          loading={isBusy}
          leftSection={<Icon size={16} aria-hidden />}
          onClick={() =>
            void attempt(async () =>
              saveFile(await askForFile(operation, { params: { disposalId } }), `disposal-${disposalId}.${form}`),
            )
          }
        >
          {t(form)}
        </Button>
      ))}
    </>
  );
}
