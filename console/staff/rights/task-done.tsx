// A task beside its words: done, and when; or the button that says so.
import { Button, Text } from "@mantine/core";
import type { ReactNode } from "react";
import { useTranslations } from "use-intl";
import { useAct } from "../../shared/act.ts";
import { Moment } from "../../shared/moment.tsx";
import { useMay } from "../../shared/session.ts";
import { Trouble } from "../../shared/trouble.tsx";
import type { Right } from "./right.tsx";

export interface TaskDoneProps {
  /** As it stands now; the words were read a while ago. */
  readonly right: Right;
  readonly taskId: string;
}

export function TaskDone({ right: { requestId, tasks }, taskId }: TaskDoneProps): ReactNode {
  const t = useTranslations("rights");
  const may = useMay();
  const finish = useAct("takeRightStep", { changes: ["readRight"] });
  const task = tasks.find((each) => each.taskId === taskId);
  if (task === undefined) return null;
  if (task.doneAt !== null) {
    return (
      <Text size="sm" c="dimmed">
        {t.rich("taskDone", { at: () => <Moment at={task.doneAt ?? ""} /> })}
      </Text>
    );
  }
  if (!may("right.work")) return null;
  return (
    <>
      <Trouble error={finish.error} />
      <Button
        size="xs"
        variant="default"
        mt={4}
        loading={finish.isPending}
        onClick={() => finish.mutate({ params: { requestId }, body: { do: "finish-task", taskId } })}
      >
        {t("finishTask")}
      </Button>
    </>
  );
}
