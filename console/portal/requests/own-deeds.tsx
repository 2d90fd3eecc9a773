// What is done about what one asked for, and where one finds what came of it.
import { Anchor, Box, Card, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { Deeds, type ShownDeed } from "../../shared/rights/deeds.tsx";
import { WaitingChanges } from "../start/waiting-changes.tsx";
import type { OwnRightRead } from "./own-right.tsx";

export function OwnDeeds({ right }: { readonly right: OwnRightRead }): ReactNode {
  const t = useTranslations("portal-rights");
  if (right.deeds.length === 0) return null;
  return (
    <Card withBorder component="section" aria-labelledby="deeds">
      <Title order={2} id="deeds" mb="sm">
        {t("requests.deeds.done")}
      </Title>
      <Deeds deeds={right.deeds} more={(deed) => <Where deed={deed} />} />
    </Card>
  );
}

function Where({ deed }: { readonly deed: ShownDeed }): ReactNode {
  const t = useTranslations("portal-rights");
  // The change that the correction waits for, to be stopped here as well; that it was stopped stays until one leaves.
  if (deed.do === "correct" && deed.resultId !== null)
    return (
      <Box mt="xs">
        <WaitingChanges only={deed.resultId} />
      </Box>
    );
  if (deed.state !== "done") return null;
  if (deed.do === "copy")
    return (
      <Anchor component={Link} to="/copies" size="sm">
        {t("requests.deeds.copy")}
      </Anchor>
    );
  if (deed.do !== "list") return null;
  return (
    <Anchor component={Link} to="/who-looked" size="sm">
      {t("requests.deeds.list")}
    </Anchor>
  );
}
