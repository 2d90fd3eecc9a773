// The teams, making one, and who belongs to it.
import { Group, List, Select, Stack, Text, TextInput } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Answered } from "../../shared/answered.tsx";
import { useAsk } from "../../shared/queries.ts";
import { useMay, useSession } from "../../shared/session.ts";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import { PersonSelect } from "../governing/person-select.tsx";

const PAGE = 200;

export function Teams(): ReactNode {
  const t = useTranslations("assignments.teams");
  const may = useMay();
  const teams = useAsk("listTeams", { query: { limit: PAGE } });
  return (
    <Stack gap="md">
      <Answered of={teams}>
        {({ items }) => (
          <>
            {items.length === 0 ? (
              <Text size="sm">{t("none")}</Text>
            ) : (
              <List size="sm">
                {items.map(({ teamId, name }) => (
                  <List.Item key={teamId}>{name}</List.Item>
                ))}
              </List>
            )}
            {may("team.change") && items.length > 0 && <Members names={items.map(({ name }) => name)} />}
          </>
        )}
      </Answered>
      {may("team.change") && <NewTeam />}
    </Stack>
  );
}

function NewTeam(): ReactNode {
  const t = useTranslations("assignments.teams");
  const [name, setName] = useState("");
  const create = useAct("createTeam", { changes: ["listTeams"], onDone: () => setName("") });
  return (
    <ActForm
      action={t("create")}
      act={create}
      isIncomplete={name.trim() === ""}
      onSubmit={() => create.mutate({ body: { name: name.trim() } })}
    >
      <TextInput label={t("name")} value={name} onChange={({ currentTarget: { value } }) => setName(value)} />
    </ActForm>
  );
}

const CHANGES = ["add", "remove"] as const;

function Members({ names }: { readonly names: readonly string[] }): ReactNode {
  const t = useTranslations("assignments.teams");
  const { principalId: self } = useSession();
  const [team, setTeam] = useState<string | null>(names[0] ?? null);
  const [principalId, setPrincipal] = useState<string | null>(null);
  const [change, setChange] = useState<(typeof CHANGES)[number]>("add");
  const act = useAct("changeTeam", {
    undo: (_answer, { body }) =>
      counter(t(body.change === "add" ? "added" : "removed"), "changeTeam", {
        body: { ...body, change: body.change === "add" ? "remove" : "add" },
      }),
  });
  return (
    <ActForm
      action={t(change)}
      act={act}
      isIncomplete={team === null || principalId === null}
      onSubmit={() => {
        if (team !== null && principalId !== null) act.mutate({ body: { team, principalId, change } });
      }}
    >
      <Group grow align="end">
        <Select label={t("team")} allowDeselect={false} data={[...names]} value={team} onChange={setTeam} />
        <Select
          label={t("change")}
          allowDeselect={false}
          data={CHANGES.map((value) => ({ value, label: t(value) }))}
          value={change}
          onChange={(value) => setChange(value as typeof change)}
        />
      </Group>
      <PersonSelect label={t("person")} without={[self]} value={principalId} onChange={setPrincipal} />
      {act.isSuccess && (
        <Text size="sm" role="status">
          {t("done")}
        </Text>
      )}
    </ActForm>
  );
}
