// Reads one record that may name other people, and decides: it goes out, it goes out with passages struck, or it is kept back.
import { Button, Stack } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import type { AnswerOf } from "../../shared/ask.ts";
import { ClearRegion } from "../../shared/clear/clear-region.tsx";
import { useClearSheet } from "../../shared/clear/clear-sheet.ts";
import { Origin } from "../../shared/origin.tsx";
import { useSession } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { At, HeldRecord } from "./others.tsx";
import { PaperOther } from "./paper-other.tsx";
import { type Mention, proposed, struckOf } from "./passages.ts";
import { StrikeOut } from "./strike-out.tsx";
import { WithGround } from "./with-ground.tsx";

export type Reading = AnswerOf<"readDataCopyOthers">;

export interface ReadOtherProps {
  readonly at: At;
  readonly record: HeldRecord;
}

/** Places alone; what they say is gone from the page when the text is. */
interface Chosen {
  readonly revision: number;
  readonly mentions: readonly Mention[];
}

export function ReadOther({ at, record }: ReadOtherProps): ReactNode {
  const t = useTranslations("retention.others");
  const { name } = useSession();
  const sheet = useClearSheet<Reading>();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const show = (reading: Reading): void => {
    setChosen({ revision: reading.revision, mentions: proposed(struckable(reading)) });
    sheet.show(reading);
  };
  const read = useAct("readDataCopyOthers", { onDone: show });
  const act = useAct("decideDataCopyOthers", {
    changes: ["listDataCopies", "listDataCopyOthers"],
    onDone: () => sheet.forget(),
  });
  const params = { ...at, recordId: record.recordId };
  const reading = sheet.content;
  const struck = struckOf(chosen?.mentions ?? []);
  const release = (revision: number, insteadId?: string): void =>
    act.mutate({
      params,
      body: { release: true, revision, ...(insteadId === undefined ? { strikes: [...struck] } : { insteadId }) },
    });
  return (
    <Stack gap="sm">
      <Trouble error={read.error} />
      {reading === null || chosen === null ? (
        <Button
          variant="default"
          loading={read.isPending}
          onClick={() => read.mutate({ params })}
          style={{ alignSelf: "flex-start" }}
        >
          {t("read")}
        </Button>
      ) : (
        <ClearRegion label={t("text")} viewer={name} sheet={sheet} disclosureId={reading.disclosureId}>
          <Stack gap="sm">
            <Origin origin={reading.origin} />
            <StrikeOut
              of={reading}
              texts={struckable(reading)}
              mentions={chosen.mentions}
              onChange={(mentions) => setChosen({ ...chosen, mentions })}
            />
            {record.type === "document" && (
              <PaperOther at={at} reading={reading} onInstead={(id) => release(reading.revision, id)} />
            )}
          </Stack>
        </ClearRegion>
      )}
      <WithGround
        act={act}
        withhold={t("withhold")}
        onWithhold={(ground) => act.mutate({ params, body: { release: false, ground } })}
      >
        {reading !== null && (
          <Button loading={act.isPending} onClick={() => release(reading.revision)}>
            {struck.length === 0 ? t("release") : t("releaseStruck", { count: struck.length })}
          </Button>
        )}
      </WithGround>
    </Stack>
  );
}

/** What a paper is kept by is no text. */
const OF_PAPERS = ["title", "sender"];

function struckable({ type, texts }: Reading): Reading["texts"] {
  return type === "document" ? texts.filter(({ name }) => OF_PAPERS.includes(name)) : texts;
}
