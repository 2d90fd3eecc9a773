// While an answer is awaited: the shape of what comes, said to screen readers in words.
import { Skeleton, Stack, VisuallyHidden } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";

export function Loading({ lines = 4 }: { readonly lines?: number }): ReactNode {
  const t = useTranslations("common");
  return (
    <Stack gap="sm" role="status">
      <VisuallyHidden>{t("loading")}</VisuallyHidden>
      <Skeleton height={28} width="40%" aria-hidden />
      {Array.from({ length: lines }, (_each, at) => (
        <Skeleton key={at} height={16} width={`${90 - at * 7}%`} aria-hidden />
      ))}
    </Stack>
  );
}
