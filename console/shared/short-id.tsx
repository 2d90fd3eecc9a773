// An id, its last part as text and the whole of it to be copied: ids are random, and say nothing of anybody.
import { Code, CopyButton, UnstyledButton } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

const SHOWN = 8;

/** The end of it: ids begin with the time, so that those of one day look alike there (RFC 9562, version 7). */
export function shortId(id: string): string {
  return id.slice(-SHOWN);
}

export function ShortId({ id }: { readonly id: string | null }): ReactNode {
  const t = useTranslations("common");
  if (id === null) return "–";
  return (
    <CopyButton value={id}>
      {({ copied, copy }) => (
        <UnstyledButton onClick={copy} title={id} aria-label={t("copyId", { id: shortId(id) })}>
          <Code>{copied ? t("copied") : shortId(id)}</Code>
        </UnstyledButton>
      )}
    </CopyButton>
  );
}
