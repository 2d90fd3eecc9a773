// The log's signed head: how far it goes, and by which key; to be compared with what somebody outside has kept.
import { Accordion, Button, Code, Group, Text } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import type { ReactNode } from "react";
import { useFormatter, useTranslations } from "use-intl";
import { Answered } from "../../shared/answered.tsx";
import { problemIn, Refused } from "../../shared/refused.ts";
import { useAsk } from "../../shared/queries.ts";
import { saveFile } from "../../shared/save-file.ts";

export function Checkpoint(): ReactNode {
  const t = useTranslations("ledger");
  const checkpoint = useQuery({ queryKey: ["checkpoint"], queryFn: readCheckpoint, refetchInterval: 10_000 });
  return (
    <Answered of={checkpoint}>
      {(note) => (note === null ? <Text size="sm">{t("noCheckpoint")}</Text> : <Head note={note} />)}
    </Answered>
  );
}

function Head({ note }: { readonly note: string }): ReactNode {
  const t = useTranslations("ledger");
  const format = useFormatter();
  const log = useAsk("describeLog", {});
  // C2SP tlog-checkpoint: origin, size, root hash, a line each.
  const [origin = "", size = "0"] = note.split("\n");
  return (
    <Accordion variant="contained">
      <Accordion.Item value="head">
        <Accordion.Control>{t("head", { size: format.number(Number(size)), origin })}</Accordion.Control>
        <Accordion.Panel>
          <Code block>{note}</Code>
          <Text size="sm" mt="xs">
            {t("headHint")}
          </Text>
          {log.data !== undefined && (
            <Text size="sm" mt="xs" style={{ overflowWrap: "anywhere" }}>
              {t("logKey")} <Code>{log.data.logKey}</Code>
            </Text>
          )}
          <Group mt="xs">
            <Button size="xs" variant="default" onClick={() => saveFile(new Blob([note]), `checkpoint-${size}.txt`)}>
              {t("saveHead")}
            </Button>
          </Group>
        </Accordion.Panel>
      </Accordion.Item>
    </Accordion>
  );
}

/** A public file of the log; null before the first is signed. */
async function readCheckpoint(): Promise<string | null> {
  const answer = await fetch("/log/checkpoint", { cache: "no-store" }).catch(() => null);
  if (answer?.status === 404) return null;
  if (answer?.ok !== true) throw new Refused(answer?.status ?? 0, problemIn((await answer?.text()) ?? ""));
  return answer.text();
}
