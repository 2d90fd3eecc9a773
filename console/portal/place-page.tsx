// A page that one goes to from the start, with the way back above it.
import { Anchor, Group, Stack } from "@mantine/core";
import { IconArrowLeft } from "@tabler/icons-react";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Page, type PageProps } from "../shared/page.tsx";

export function PlacePage(props: PageProps): ReactNode {
  const t = useTranslations("portal");
  return (
    <Stack gap="xs">
      <Anchor component={Link} to="/" w="fit-content" py={10}>
        <Group gap={6} wrap="nowrap">
          <IconArrowLeft size={18} aria-hidden />
          {t("back")}
        </Group>
      </Anchor>
      <Page {...props} />
    </Stack>
  );
}
