// An id, its first part as text and the whole of it to be copied: ids are random, and say nothing of anybody.
import { Code, CopyButton, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const LENGTH = 8;

export function ShortId({ id }: { readonly id: string | null }): ReactNode {
  const t = useTranslations("common");
  if (id === null) return "–";
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <UnstyledButton onClick={copy} title={id} aria-label={t("copyId", { id: id.slice(0, LENGTH) })}>
          <Code>{copied ? t("copied") : id.slice(0, LENGTH)}</Code>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
