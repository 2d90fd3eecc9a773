// Giving a request to somebody who may work on it, or to nobody.
import { Select } from "@mantine/core";
import { type ReactNode, useState } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { useAsk } from "../../shared/queries.ts";
import { Trouble } from "../../shared/trouble.tsx";
import { counter } from "../../shared/undo.ts";
import { ActForm } from "../governing/act-form.tsx";
import type { IdentityFormProps } from "./identity-form.tsx";

const NOBODY = "";

export function GiveForm({ right: { requestId, assigneeId }, onDone }: IdentityFormProps): ReactNode {
  const t = useTranslations("rights");
  const workers = useAsk("listRightsWorkers", {});
  const [chosen, setChosen] = useState<string | null>(null);
  const params = { requestId };
  const act = useAct("takeRightStep", {
    changes: ["readRight", "listRights"],
    undo: () => counter(t("given"), "takeRightStep", { params, body: { do: "assign", assigneeId } }),
    onDone,
  });
  const people = (workers.data?.items ?? []).map(({ principalId, name }) => ({ value: principalId, label: name }));
  return (
    <ActForm
      action={t("acts.give")}
      act={act}
      isIncomplete={chosen === null}
      onSubmit={() => act.mutate({ params, body: { do: "assign", assigneeId: chosen === NOBODY ? null : chosen } })}
    >
      <Trouble error={workers.error} again={workers.refetch} />
      <Select
        label={t("assignee")}
        description={t("meaning.give")}
        searchable
        data={[...people, { value: NOBODY, label: t("assignees.nobody") }].filter(
          ({ value }) => value !== (assigneeId ?? NOBODY),
        )}
        value={chosen}
        onChange={setChosen}
      />
    </ActForm>
  );
}
