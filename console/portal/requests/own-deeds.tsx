// What is done about what one asked for, and where one finds what came of it.
import { Anchor, Box, Card, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAsk } from "../../shared/queries.ts";
import { Deeds, type ShownDeed } from "../../shared/rights/deeds.tsx";
import { OneChange } from "../start/waiting-changes.tsx";
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

/** The change that the correction waits for, to be stopped here as well. */
function Waits({ changeId }: { readonly changeId: string }): ReactNode {
  const { data } = useAsk("listOwnChanges", {});
  const change = data?.items.find((one) => one.changeId === changeId);
  return change === undefined ? null : (
    <Box mt="xs">
      <OneChange change={change} />
    </Box>
  );
}

function Where({ deed }: { readonly deed: ShownDeed }): ReactNode {
  const t = useTranslations("portal-rights");
  if (deed.do === "correct" && deed.state === "waits" && deed.resultId !== null)
    return <Waits changeId={deed.resultId} />;
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
