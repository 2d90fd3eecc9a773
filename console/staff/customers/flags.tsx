// What whoever works on this customer has to know before anything else: a protection order above all.
import { Alert, Stack } from "@mantine/core";
import { IconAlertOctagon, IconInfoCircle } from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import type { AnswerOf } from "../../shared/ask.ts";

type Flag = AnswerOf<"viewCustomerMasked">["flags"][number];

/** Loud, and read out at once: somebody may be in danger. */
const LOUD: ReadonlySet<Flag["kind"]> = new Set(["protection-order", "restricted"]);

export function Flags({ flags }: { readonly flags: readonly Flag[] }): ReactNode {
  const t = useTranslations("customers");
  const words = useTranslations("words");
  if (flags.length === 0) return null;
  return (
    <Stack gap="xs">
      {flags.map(({ kind }) => {
        const isLoud = LOUD.has(kind);
        return (
          <Alert
            key={kind}
            role={isLoud ? "alert" : "note"}
            color={isLoud ? "red.9" : "yellow"}
            variant={isLoud ? "filled" : "light"}
            icon={isLoud ? <IconAlertOctagon aria-hidden /> : <IconInfoCircle aria-hidden />}
            title={words(`flags.${kind}`)}
          >
            {t(`flags.${kind}`)}
          </Alert>
        );
      })}
    </Stack>
  );
}
