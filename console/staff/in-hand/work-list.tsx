// My work: one click, or one key, from the line to the standard view in clear.
import { Anchor, Badge, Button, Group, Skeleton, Stack, Text, Title } from "@mantine/core";
import { Link } from "@tanstack/react-router";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { Empty } from "../../shared/empty.tsx";
import { Loading } from "../../shared/loading.tsx";
import { Moment } from "../../shared/moment.tsx";
import { Trouble } from "../../shared/trouble.tsx";
import { lineKey, type MaskedLines, useMaskedLines } from "./masked-lines.ts";
import { legible } from "./readable.ts";
import { type Assignment, type MyWork, pathOf, useMyWork } from "./my-work.ts";

const SHOWN_AT_FIRST = 20;

export function WorkList(): ReactNode {
  const t = useTranslations("work");
  return (
    <section aria-labelledby="my-work">
      <Title order={2} id="my-work" mb="xs">
        {t("list.title")}
      </Title>
      <WorkLines />
    </section>
  );
}

/** The list alone, for pages that head it themselves. */
export function WorkLines({ atFirst = SHOWN_AT_FIRST }: { readonly atFirst?: number }): ReactNode {
  const t = useTranslations("work");
  const work = useMyWork();
  return (
    <>
      <Trouble error={work.error} again={work.refetch} />
      {!work.isThere && work.error === null && <Loading lines={5} />}
      {work.isThere && work.assignments.length === 0 && <Empty>{t("list.none")}</Empty>}
      {work.assignments.length > 0 && <Lines work={work} atFirst={atFirst} />}
    </>
  );
}

function Lines({ work, atFirst }: { readonly work: MyWork; readonly atFirst: number }): ReactNode {
  const t = useTranslations("work");
  const [count, setCount] = useState(atFirst);
  const { assignments, more } = work;
  const shown = assignments.slice(0, count);
  const lines = useMaskedLines(shown);
  const showMore = (): void => {
    setCount(count + SHOWN_AT_FIRST);
    if (count + SHOWN_AT_FIRST >= assignments.length && more.hasMore) void more.load();
  };
  return (
    <>
      <ul className="lines">
        {shown.map((assignment) => (
          <li key={assignment.assignmentId}>
            <Line assignment={assignment} lines={lines} />
          </li>
        ))}
      </ul>
      {(count < assignments.length || more.hasMore) && (
        <Button variant="default" mt="sm" loading={more.isLoading} onClick={showMore}>
          {t("list.more")}
        </Button>
      )}
    </>
  );
}

interface LineProps {
  readonly assignment: Assignment;
  readonly lines: MaskedLines;
}

/** As high before the masked line is here as after, so that nothing moves under the hand. */
function Line({ assignment, lines }: LineProps): ReactNode {
  const words = useTranslations("words");
  const t = useTranslations("work");
  const line = lines.get(lineKey(assignment));
  const { kind, startsAt, endsAt } = assignment;
  const number = line?.["claim.number"] ?? line?.["policy.number"] ?? "";
  const name = nameIn(line);
  return (
    <Group justify="space-between" gap="xs" mih="2.2rem">
      <Group gap="xs">
        <Anchor component={Link} to={pathOf(assignment)} fw={600}>
          {words(`assignmentKinds.${kind}`)} {number}
        </Anchor>
        {line === undefined ? <Skeleton height={16} width="9rem" aria-hidden /> : <Text size="sm">{name}</Text>}
        {status(line) !== undefined && <Badge variant="default">{status(line)}</Badge>}
      </Group>
      <Stack gap={0} align="end">
        <Text size="sm" c="dimmed">
          {t.rich("list.since", { at: () => <Moment at={startsAt} dateOnly /> })}
          {endsAt !== null && t.rich("list.until", { at: () => <Moment at={endsAt} dateOnly /> })}
        </Text>
      </Stack>
    </Group>
  );
}

type MaskedLine = Readonly<Record<string, string>> | undefined;

function nameIn(line: MaskedLine): string {
  const name = [line?.["person.first-name"], line?.["person.last-name"]].filter((part) => part !== undefined).join(" ");
  return name === "" ? (line?.["organisation.legal-name"] ?? "") : name;
}

function status(line: MaskedLine): string | undefined {
  const code = line?.["claim.status"] ?? line?.["policy.status"];
  return code === undefined ? undefined : legible(code);
}
